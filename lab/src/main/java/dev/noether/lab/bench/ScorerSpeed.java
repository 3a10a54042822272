package dev.noether.lab.bench;

import java.util.List;

/**
 * What the scorer alone costs for each record.
 *
 * @param scorer what it is made of, in words
 * @param nanoseconds of processor time of its thread, median of the rounds
 * @param bytes allocated by its thread, in the last round
 * @param rounds nanoseconds of each round
 */
record ScorerSpeed(String scorer, double nanoseconds, double bytes, List<Double> rounds) {
    ScorerSpeed {
        rounds = List.copyOf(rounds);
    }

    static ScorerSpeed of(String scorer, double bytes, List<Double> rounds) {
        double[] sorted =
                rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new ScorerSpeed(scorer, median, bytes, rounds);
    }
}
