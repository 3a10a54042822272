package dev.noether.lab.bench;

/**
 * What the scorer benchmark runs.
 *
 * @param records of each round
 * @param rounds measured, after two that warm up
 * @param batchSize rows scored at once
 * @param entities who report in turn
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
