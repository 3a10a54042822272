package dev.noether.flink.wire;

/** The result of reading one Kafka record: a row, or a rejected record. */
public sealed interface IngestResult permits ObservationRow, RejectedRecord {}
