package dev.noether.lab.bench;

import java.util.List;

/**
 * The options of the pipeline benchmark.
 *
 * @param records number of observations of each round
 * @param rounds number of measured rounds of each variant, after two warm-up rounds
 * @param parallelism number of subtasks of each operator, and of partitions of the topics
 * @param batchSize number of windows of a micro-batch
 * @param windows window lengths in rows, with one comparison for each
 * @param features number of features of an observation
 * @param hidden width of the one hidden layer on each side of the code
 * @param codeSize width of the code
 * @param entities number of entities, which report in turn
 * @param shadow whether a third job also scores with a second model in shadow
 * @param sources formats of the observations; with others than the own one, they are compared with it
 * @param period rows after which the one feature repeats, judged with a shape view; 0: values are random
 */
record PipelineOptions(
        int records,
        int rounds,
        int parallelism,
        int batchSize,
        List<Integer> windows,
        int features,
        int hidden,
        int codeSize,
        int entities,
        boolean shadow,
        List<BenchmarkSource> sources,
        int period) {
    private static final int SHORTEST_PERIOD = 16;

    PipelineOptions {
        windows = List.copyOf(windows);
        requirePositive("--records", records);
        requirePositive("--rounds", rounds);
        requirePositive("--parallelism", parallelism);
        requirePositive("--batch", batchSize);
        requirePositive("--features", features);
        requirePositive("--hidden", hidden);
        requirePositive("--code", codeSize);
        requirePositive("--entities", entities);
        sources = List.copyOf(sources);
        if (period != 0 && !sources.equals(List.of(BenchmarkSource.NOETHER))) {
            throw new IllegalArgumentException("`--shape` must be 0 with `--source` (got " + period + ")");
        }
        if (period != 0 && (period < SHORTEST_PERIOD || features != 1)) {
            throw new IllegalArgumentException("`--shape` must be 0, or at least " + SHORTEST_PERIOD
                    + " with `--features 1` (got " + period + " and " + features + ")");
        }
        for (int window : windows) {
            requirePositive("--window", window);
            if (codeSize > window * features) {
                throw new IllegalArgumentException("`--code` must be at most `--window` × `--features` = "
                        + window * features + " (got " + codeSize + ")");
            }
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("`" + name + "` must be at least 1 (got " + value + ")");
        }
    }
}
