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

    private static final long PERIOD_MILLIS = 1000;

    private final SplittableRandom random;
    private final long fingerprint;
    private final int features;
    private final String[] entities;
    private long observationCount;

    SyntheticObservations(FeatureSchema schema, int entities, long seed) {
        this.random = new SplittableRandom(seed);
        this.fingerprint = schema.fingerprint();
        this.features = schema.size();
        this.entities = new String[entities];
        for (int i = 0; i < entities; i++) {
            this.entities[i] = "entity-" + i;
        }
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
            values[j] = (float) random.nextGaussian();
        }
        return values;
    }
}
