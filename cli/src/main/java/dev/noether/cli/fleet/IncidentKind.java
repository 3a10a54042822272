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

/** The ways in which a simulated server goes wrong. */
public enum IncidentKind {
    /** A few features jump up and fall back within minutes. */
    SPIKE(
            6,
            14,
            List.of(
                    List.of(LATENCY_MILLISECONDS, ERROR_RATE, QUEUE_LENGTH),
                    List.of(NETWORK_IN_MEGABYTES, NETWORK_OUT_MEGABYTES),
                    List.of(DISK_WRITE_MEGABYTES, QUEUE_LENGTH))) {
        @Override
        double disturbed(double normal, Surroundings surroundings, int elapsed, int duration) {
            double remaining = 1 - (double) elapsed / duration;
            return normal + SPIKE_HEIGHT * surroundings.deviation() * remaining;
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
        double disturbed(double normal, Surroundings surroundings, int elapsed, int duration) {
            return normal + SHIFT_HEIGHT * surroundings.deviation();
        }
    },
    /** Features stay within their usual range but no longer follow the load: only their relation to the others tells. */
    BROKEN_CORRELATION(
            40,
            90,
            List.of(
                    List.of(NETWORK_IN_MEGABYTES, NETWORK_OUT_MEGABYTES),
                    List.of(REQUEST_RATE),
                    List.of(CPU_PERCENT, LOAD_AVERAGE))) {
        @Override
        double disturbed(double normal, Surroundings surroundings, int elapsed, int duration) {
            double swing = StrictMath.sin(2 * Math.PI * elapsed / BROKEN_PERIOD_MINUTES);
            return surroundings.mean() + BROKEN_HEIGHT * surroundings.deviation() * swing;
        }
    },
    /** Features repeat the last value before the incident. */
    STUCK_VALUE(
            40,
            90,
            List.of(
                    List.of(CPU_PERCENT, LOAD_AVERAGE),
                    List.of(REQUEST_RATE, CONNECTIONS),
                    List.of(NETWORK_IN_MEGABYTES, NETWORK_OUT_MEGABYTES))) {
        @Override
        double disturbed(double normal, Surroundings surroundings, int elapsed, int duration) {
            return surroundings.before();
        }
    },
    /** A feature climbs away in a straight line, as a leak does, and is back to normal at the end. */
    SLOW_DRIFT(120, 240, List.of(List.of(MEMORY_PERCENT), List.of(LATENCY_MILLISECONDS), List.of(CONNECTIONS))) {
        @Override
        double disturbed(double normal, Surroundings surroundings, int elapsed, int duration) {
            return normal + DRIFT_HEIGHT * surroundings.deviation() * elapsed / duration;
        }
    },
    /** The server reports nothing: its rows are absent. */
    SILENCE(15, 40, List.of(List.of())) {
        @Override
        double disturbed(double normal, Surroundings surroundings, int elapsed, int duration) {
            throw new IllegalStateException("a silent server has no rows");
        }
    };

    /** Heights in standard deviations of the feature over a normal week, season included. */
    static final double SPIKE_HEIGHT = 6;

    static final double SHIFT_HEIGHT = 4;
    static final double DRIFT_HEIGHT = 6;
    static final double BROKEN_HEIGHT = 1.6;
    /** No divisor of a usual window, and far from anything in the load. */
    static final double BROKEN_PERIOD_MINUTES = 23;

    private final int shortest;
    private final int longest;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<List<ServerMetric>> choices;

    IncidentKind(int shortest, int longest, List<List<ServerMetric>> choices) {
        this.shortest = shortest;
        this.longest = longest;
        this.choices = choices;
    }

    /**
     * The feature's value while the incident lasts.
     *
     * @param normal the value without it
     * @param elapsed minutes since the start, in [0, duration)
     */
    abstract double disturbed(double normal, Surroundings surroundings, int elapsed, int duration);

    int shortestMinutes() {
        return shortest;
    }

    int longestMinutes() {
        return longest;
    }

    /** The sets of features that such an incident may strike. */
    List<List<ServerMetric>> choices() {
        return choices;
    }

    /**
     * What an incident knows of the feature it strikes.
     *
     * @param before the last value before the start
     * @param mean over a normal week
     * @param deviation standard deviation over a normal week
     */
    record Surroundings(double before, double mean, double deviation) {}
}
