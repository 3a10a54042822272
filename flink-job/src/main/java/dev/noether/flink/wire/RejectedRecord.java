package dev.noether.flink.wire;

import static java.util.Objects.requireNonNull;

import dev.noether.schemas.Rejected;

/**
 * The result for a Kafka record that is no valid observation.
 *
 * @param rejected message for the topic of rejected records
 */
public record RejectedRecord(Rejected rejected) implements IngestResult, MetricResult {
    public RejectedRecord {
        requireNonNull(rejected, "rejected");
    }
}
