package dev.noether.lab.bench;

/**
 * The options of the benchmark of latency.
 *
 * @param records number of observations sent at once, to measure the highest rate
 * @param seconds duration of each measurement
 * @param features number of features of an observation
 * @param window length of a window in rows
 * @param entities number of entities, which report in turn
 */
record LatencyOptions(int records, int seconds, int features, int window, int entities) {
    private static final int MOST_RECORDS = 10_000_000;
    private static final int MOST = 1000;

    LatencyOptions {
        require("--records", records, MOST_RECORDS);
        require("--seconds", seconds, MOST);
        require("--features", features, MOST);
        require("--window", window, MOST);
        require("--entities", entities, MOST_RECORDS);
    }

    private static void require(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("`" + name + "` must be in [1, " + most + "] (got " + value + ")");
        }
    }
}
