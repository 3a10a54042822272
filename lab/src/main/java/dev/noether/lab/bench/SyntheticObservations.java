package dev.noether.lab.bench;

import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.Features;
import dev.noether.schemas.Observation;
import java.util.SplittableRandom;

/**
 * Random observations of entities that report in turn, once a second. Each feature has a standard normal value. The
 * same seed results in the same observations. Not thread-safe.
 */
final class SyntheticObservations {
    /** Midnight of 2026-01-01 UTC. */
    static final long FIRST_TIME = 1_767_225_600_000L;

    static final long PERIOD_MILLIS = 1000;

    /** Noise of a repeating signal, whose deviation is about 0.7. */
    private static final double NOISE = 0.03;

    private final int period;
    private final SplittableRandom random;
    private final long fingerprint;
    private final int features;
    private final String[] entities;
    private long observationCount;
    private long valueCount;

    SyntheticObservations(FeatureSchema schema, int entities, long seed) {
        this(schema, entities, 0, seed);
    }

    private SyntheticObservations(FeatureSchema schema, int entities, int period, long seed) {
        this.period = period;
        this.random = new SplittableRandom(seed);
        this.fingerprint = schema.fingerprint();
        this.features = schema.size();
        this.entities = new String[entities];
        for (int i = 0; i < entities; i++) {
            this.entities[i] = "entity-" + i;
        }
    }

    /**
     * Makes observations of a signal that repeats, with a little noise; each entity is at another place of it.
     *
     * @param period rows of an entity after which its signal repeats, at least 2
     */
    static SyntheticObservations repeating(FeatureSchema schema, int entities, int period, long seed) {
        return new SyntheticObservations(schema, entities, period, seed);
    }

    Observation next() {
        int entity = (int) (observationCount % entities.length);
        long time = FIRST_TIME
                + observationCount / entities.length * PERIOD_MILLIS
                + entity * PERIOD_MILLIS / entities.length;
        observationCount++;
        return new Observation(entities[entity], time, new Features.Positional(fingerprint, values()));
    }

    /** Returns the values of one observation. */
    float[] values() {
        float[] values = new float[features];
        for (int j = 0; j < features; j++) {
            values[j] = (float) (period == 0 ? random.nextGaussian() : signal() + NOISE * random.nextGaussian());
        }
        if (period > 0) {
            valueCount++;
        }
        return values;
    }

    /** A wave with a sharp peak. */
    private double signal() {
        long row = valueCount / entities.length + valueCount % entities.length;
        double phase = 2 * Math.PI * (row % period) / period;
        return Math.sin(phase) + Math.exp(8 * (Math.cos(phase) - 1));
    }
}
