package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

/**
 * What one entity reported at one instant.
 *
 * @param entity who reports; also the Kafka key, so that one entity stays in one partition
 * @param eventTime when it was measured, milliseconds since 1970 UTC
 * @param features the measured values
 */
public record Observation(String entity, long eventTime, Features features) {
    public Observation {
        requireNonNull(entity, "entity");
        requireNonNull(features, "features");
    }
}
