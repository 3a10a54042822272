package dev.noether.flink.metric;

/** What the value of a metric says. */
public enum MetricKind {
    /** A reading: a gauge, or a counter since its start. */
    LEVEL,
    /** The change since the value before, as a sum of delta temporality in OpenTelemetry. */
    INCREASE
}
