package dev.noether.lab.bench;

/**
 * The options of the scorer benchmark.
 *
 * @param records number of records of each round
 * @param rounds number of measured rounds, after two warm-up rounds
 * @param batchSize number of rows of a micro-batch
 * @param entities number of entities, which report in turn
 */
record ScorerOptions(int records, int rounds, int batchSize, int entities) {
    ScorerOptions {
        requirePositive("--records", records);
        requirePositive("--rounds", rounds);
        requirePositive("--batch", batchSize);
        requirePositive("--entities", entities);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("`" + name + "` must be at least 1 (got " + value + ")");
        }
    }
}
