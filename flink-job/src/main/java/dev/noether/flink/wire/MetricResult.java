package dev.noether.flink.wire;

/** The result of reading one record of an import: values of an entity, or a rejected record. */
public sealed interface MetricResult permits MetricBatch, RejectedRecord {}
