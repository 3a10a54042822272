package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

/**
 * The measured values of one entity at one instant.
 *
 * @param entity name of the entity; also the Kafka key, so that an entity stays in one partition
 * @param eventTime time of the measurement, milliseconds since 1970 UTC
 * @param features the measured values
 */
public record Observation(String entity, long eventTime, Features features) {
    public Observation {
        requireNonNull(entity, "entity");
        requireNonNull(features, "features");
    }
}
