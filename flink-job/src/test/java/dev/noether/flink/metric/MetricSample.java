package dev.noether.flink.metric;

import java.time.Instant;

/** Three metrics of one network card of a host at one time. */
record MetricSample(String host, String zone, String card, Instant time, double cpu, long bytes, boolean up) {
    long nanos() {
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }

    /** Returns the values as texts, in the order of the features. */
    String[] texts() {
        return new String[] {Double.toString(cpu), Long.toString(bytes), up ? "1" : "0"};
    }
}
