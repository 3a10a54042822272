package dev.noether.cli.demo;

import org.jspecify.annotations.Nullable;

/**
 * The throughput, the latency and the run times of a demonstration.
 *
 * @param liveRows live observations that this run sent
 * @param recordsPerSecond live observations with a visible outcome, divided by the seconds between the first send and
 *     the last visible outcome
 * @param latencyMillis quantiles of the latency
 * @param latencyOf definition of the latency, in one line
 * @param startupSeconds seconds from the start of the JVM until the first score by a model was visible; 0 if there was
 *     none
 * @param totalSeconds seconds from the start of the JVM until the report
 */
public record RunSpeed(
        int liveRows,
        double recordsPerSecond,
        Latency latencyMillis,
        String latencyOf,
        double startupSeconds,
        double totalSeconds) {
    /**
     * Quantiles of the latency, milliseconds; null if no latency was measured.
     *
     * @param p50 median
     * @param p99 99th percentile
     */
    public record Latency(@Nullable Double p50, @Nullable Double p99) {}
}
