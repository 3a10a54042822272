package dev.noether.lab.bench.retraining;

/**
 * The options of the retraining benchmark.
 *
 * @param rows number of rows of the history, at least {@link #LEAST_ROWS}; rounded down to whole minutes of the fleet
 * @param entities number of servers of the fleet, each of which reports a row a minute
 * @param maxRows {@code retraining.maxRows}: number of rows in the sample
 */
record RetrainingBenchmarkOptions(long rows, int entities, int maxRows) {
    static final int LEAST_ROWS = 10_000;
    private static final int MOST_ENTITIES = 1_000_000;

    RetrainingBenchmarkOptions {
        if (rows < LEAST_ROWS) {
            throw new IllegalArgumentException("`--rows` must be at least " + LEAST_ROWS + " (got " + rows + ")");
        }
        if (entities < 1 || entities > MOST_ENTITIES || entities > rows) {
            throw new IllegalArgumentException(
                    "`--entities` must be in [1, " + Math.min(rows, MOST_ENTITIES) + "] (got " + entities + ")");
        }
        if (rows / entities > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "`--rows` must be at most " + Integer.MAX_VALUE + " × `--entities`" + " (got " + rows + ")");
        }
        if (maxRows < LEAST_ROWS) {
            throw new IllegalArgumentException(
                    "`--max-rows` must be at least " + LEAST_ROWS + " (got " + maxRows + ")");
        }
    }

    /** Number of minutes of the history. */
    int minutes() {
        return (int) (rows / entities);
    }
}
