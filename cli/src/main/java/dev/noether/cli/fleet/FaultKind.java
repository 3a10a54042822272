package dev.noether.cli.fleet;

import static dev.noether.cli.fleet.ServerMetric.CONNECTIONS;
import static dev.noether.cli.fleet.ServerMetric.CPU_PERCENT;
import static dev.noether.cli.fleet.ServerMetric.DISK_WRITE_MEGABYTES;
import static dev.noether.cli.fleet.ServerMetric.ERROR_RATE;
import static dev.noether.cli.fleet.ServerMetric.LATENCY_MILLISECONDS;
import static dev.noether.cli.fleet.ServerMetric.LOAD_AVERAGE;
import static dev.noether.cli.fleet.ServerMetric.MEMORY_PERCENT;
import static dev.noether.cli.fleet.ServerMetric.NETWORK_IN_MEGABYTES;
import static dev.noether.cli.fleet.ServerMetric.NETWORK_OUT_MEGABYTES;
import static dev.noether.cli.fleet.ServerMetric.QUEUE_LENGTH;
import static dev.noether.cli.fleet.ServerMetric.REQUEST_RATE;

import java.util.List;

/** The kinds of faults of a simulated server. */
public enum FaultKind {
    /** A few features jump up and return to normal within minutes. */
    SPIKE(
            6,
            14,
            List.of(
                    List.of(LATENCY_MILLISECONDS, ERROR_RATE, QUEUE_LENGTH),
                    List.of(NETWORK_IN_MEGABYTES, NETWORK_OUT_MEGABYTES),
                    List.of(DISK_WRITE_MEGABYTES, QUEUE_LENGTH))) {
        @Override
        double faultyValue(double normal, FeatureStatistics statistics, int elapsed, int duration) {
            double remaining = 1 - (double) elapsed / duration;
            return normal + SPIKE_HEIGHT * statistics.deviation() * remaining;
        }
    },
    /** A few features move to another level and stay there. */
    LEVEL_SHIFT(
            40,
            90,
            List.of(
                    List.of(LATENCY_MILLISECONDS, QUEUE_LENGTH),
                    List.of(MEMORY_PERCENT),
                    List.of(CONNECTIONS),
                    List.of(DISK_WRITE_MEGABYTES))) {
        @Override
        double faultyValue(double normal, FeatureStatistics statistics, int elapsed, int duration) {
            return normal + SHIFT_HEIGHT * statistics.deviation();
        }
    },
    /**
     * Features stay in their usual range but no longer follow the load. Only their relation to other features is
     * abnormal.
     */
    BROKEN_CORRELATION(
            40,
            90,
            List.of(
                    List.of(NETWORK_IN_MEGABYTES, NETWORK_OUT_MEGABYTES),
                    List.of(REQUEST_RATE),
                    List.of(CPU_PERCENT, LOAD_AVERAGE))) {
        @Override
        double faultyValue(double normal, FeatureStatistics statistics, int elapsed, int duration) {
            double swing = StrictMath.sin(2 * Math.PI * elapsed / BROKEN_PERIOD_MINUTES);
            return statistics.mean() + BROKEN_HEIGHT * statistics.deviation() * swing;
        }
    },
    /** Features repeat their last value before the fault. */
    STUCK_VALUE(
            40,
            90,
            List.of(
                    List.of(CPU_PERCENT, LOAD_AVERAGE),
                    List.of(REQUEST_RATE, CONNECTIONS),
                    List.of(NETWORK_IN_MEGABYTES, NETWORK_OUT_MEGABYTES))) {
        @Override
        double faultyValue(double normal, FeatureStatistics statistics, int elapsed, int duration) {
            return statistics.before();
        }
    },
    /** A feature rises in a straight line, like a leak, and returns to normal at the end. */
    SLOW_DRIFT(120, 240, List.of(List.of(MEMORY_PERCENT), List.of(LATENCY_MILLISECONDS), List.of(CONNECTIONS))) {
        @Override
        double faultyValue(double normal, FeatureStatistics statistics, int elapsed, int duration) {
            return normal + DRIFT_HEIGHT * statistics.deviation() * elapsed / duration;
        }
    },
    /** The server reports nothing. Its rows are missing. */
    SILENCE(15, 40, List.of(List.of())) {
        @Override
        double faultyValue(double normal, FeatureStatistics statistics, int elapsed, int duration) {
            throw new IllegalStateException("a silent server has no rows");
        }
    };

    /** Heights in standard deviations of the feature over a normal week, including the daily rhythm. */
    static final double SPIKE_HEIGHT = 6;

    static final double SHIFT_HEIGHT = 4;
    static final double DRIFT_HEIGHT = 6;
    static final double BROKEN_HEIGHT = 1.6;
    /** No divisor of a common window length, and far from every period of the load. */
    static final double BROKEN_PERIOD_MINUTES = 23;

    private final int shortest;
    private final int longest;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<List<ServerMetric>> choices;

    FaultKind(int shortest, int longest, List<List<ServerMetric>> choices) {
        this.shortest = shortest;
        this.longest = longest;
        this.choices = choices;
    }

    /**
     * The value of a feature while the fault lasts.
     *
     * @param normal value without the fault
     * @param statistics normal values of the feature
     * @param elapsed minutes since the start, in [0, duration)
     * @param duration length of the fault in minutes
     */
    abstract double faultyValue(double normal, FeatureStatistics statistics, int elapsed, int duration);

    int shortestMinutes() {
        return shortest;
    }

    int longestMinutes() {
        return longest;
    }

    /** The sets of features that a fault of this kind may affect; one of them is drawn. */
    List<List<ServerMetric>> choices() {
        return choices;
    }

    /**
     * The normal values of an affected feature.
     *
     * @param before last value before the fault
     * @param mean mean over a normal week
     * @param deviation standard deviation over a normal week
     */
    record FeatureStatistics(double before, double mean, double deviation) {}
}
