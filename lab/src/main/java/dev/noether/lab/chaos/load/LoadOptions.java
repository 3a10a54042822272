package dev.noether.lab.chaos.load;

/**
 * The size of the load.
 *
 * @param hosts servers that report
 * @param stepMillis time between two observations of a server, milliseconds
 * @param historyRows observations of each server before the live ones, for the first model
 * @param seed seed of all values
 */
public record LoadOptions(int hosts, long stepMillis, int historyRows, long seed) {
    public LoadOptions {
        if (hosts < 1 || hosts > 10_000) {
            throw new IllegalArgumentException("`--hosts` must be in [1, 10000] (got " + hosts + ")");
        }
        if (stepMillis < 10) {
            throw new IllegalArgumentException("`stepMillis` must be at least 10 (got " + stepMillis + ")");
        }
        if ((long) hosts * historyRows < 1_000) {
            throw new IllegalArgumentException("`historyRows` must give at least 1000 rows over all hosts (got "
                    + (long) hosts * historyRows + ")");
        }
    }

    /**
     * Returns the load of a rate.
     *
     * @param hosts servers that report
     * @param rate observations per second of all of them
     */
    public static LoadOptions ofRate(int hosts, int rate, long seed) {
        if (rate < 1 || rate > 100_000) {
            throw new IllegalArgumentException("--rate must be in [1, 100000] (got " + rate + ")");
        }
        return new LoadOptions(hosts, Math.max(10, 1000L * hosts / rate), 1_500, seed);
    }
}
