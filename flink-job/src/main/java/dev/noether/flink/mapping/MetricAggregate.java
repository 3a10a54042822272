package dev.noether.flink.mapping;

import java.util.Locale;

/** What several values of a metric in one interval become. */
public enum MetricAggregate {
    /** The value of the latest time. */
    LAST,
    /** The mean. */
    MEAN,
    /** The sum. */
    SUM,
    /** The largest value. */
    MAX,
    /** The smallest value. */
    MIN,
    /** The number of values. */
    COUNT;

    /** Returns the name in the detector file. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
