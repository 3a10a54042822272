package dev.noether.cli.fleet;

/**
 * A change of what is normal for all servers of a fleet. First the traffic of a server needs more and more memory,
 * connections and written bytes. Later a new version of the software is in use from one minute on: a request needs more
 * processor time and answers later, connections are shared, and answers are compressed. Immutable.
 *
 * @param slowStart first minute of the slow change
 * @param slowEnd minute from which on it is complete
 * @param step first minute of the new version
 */
public record NormalChange(long slowStart, long slowEnd, long step) {
    /** No change. */
    public static final NormalChange NONE = new NormalChange(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    private static final double MORE_MEMORY = 0.25;
    private static final double MORE_CONNECTIONS = 0.5;
    private static final double MORE_WRITTEN = 0.6;
    private static final double STEP_PROCESSOR = 1.5;
    private static final double STEP_LATENCY = 2;
    private static final double STEP_CONNECTIONS = 0.5;
    private static final double STEP_OUTGOING = 0.6;

    public NormalChange {
        if (slowStart > slowEnd || slowEnd > step) {
            throw new IllegalArgumentException("`slowStart`, `slowEnd` and `step` must not fall (got " + slowStart
                    + ", " + slowEnd + ", " + step + ")");
        }
    }

    /** The factor of a metric in a minute; 1 before the change. */
    double factor(ServerMetric metric, long minute) {
        if (minute < slowStart) {
            return 1;
        }
        double progress = minute >= slowEnd ? 1 : (double) (minute - slowStart) / (slowEnd - slowStart);
        boolean isNew = minute >= step;
        return switch (metric) {
            case MEMORY_PERCENT -> 1 + MORE_MEMORY * progress;
            case DISK_WRITE_MEGABYTES -> 1 + MORE_WRITTEN * progress;
            case CONNECTIONS -> (1 + MORE_CONNECTIONS * progress) * (isNew ? STEP_CONNECTIONS : 1);
            case CPU_PERCENT -> isNew ? STEP_PROCESSOR : 1;
            case LATENCY_MILLISECONDS -> isNew ? STEP_LATENCY : 1;
            case NETWORK_OUT_MEGABYTES -> isNew ? STEP_OUTGOING : 1;
            default -> 1;
        };
    }
}
