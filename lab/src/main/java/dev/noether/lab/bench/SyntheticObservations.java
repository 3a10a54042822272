package dev.noether.lab.bench;

import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.Features;
import dev.noether.schemas.Observation;
import java.util.SplittableRandom;

/**
 * Seeded observations of entities that report in turn, once a second: each feature a standard normal value. The same
 * seed gives the same observations. Not thread safe.
 */
final class SyntheticObservations {
    /** Midnight of 2026-01-01 UTC. */
    static final long FIRST_TIME = 1_767_225_600_000L;

    private static final long PERIOD_MILLIS = 1000;

    private final SplittableRandom random;
    private final long fingerprint;
    private final int features;
    private final String[] entities;
    private long made;

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
        int entity = (int) (made % entities.length);
        long time = FIRST_TIME + made / entities.length * PERIOD_MILLIS + entity * PERIOD_MILLIS / entities.length;
        made++;
        return new Observation(entities[entity], time, new Features.Positional(fingerprint, values()));
    }

    /** The values of one observation. */
    float[] values() {
        float[] values = new float[features];
        for (int j = 0; j < features; j++) {
            values[j] = (float) random.nextGaussian();
        }
        return values;
    }
}
