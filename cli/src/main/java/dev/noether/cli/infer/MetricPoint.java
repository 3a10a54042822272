package dev.noether.cli.infer;

import java.util.Map;

/**
 * One value of one metric in a sample.
 *
 * @param metric name of the metric, or path of its value
 * @param labels labels by name, or texts of the record by path
 * @param time milliseconds since 1970 UTC
 * @param value the value
 * @param nature what the format says of the metric
 */
record MetricPoint(String metric, Map<String, String> labels, long time, double value, Nature nature) {
    /** What a format says of a metric. */
    enum Nature {
        /** Nothing. */
        UNKNOWN,
        /** A reading. */
        READING,
        /** A total that only grows, and starts again at 0. */
        COUNTER,
        /** The growth since the value before. */
        GROWTH
    }
}
