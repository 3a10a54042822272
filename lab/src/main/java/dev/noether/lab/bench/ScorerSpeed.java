package dev.noether.lab.bench;

import java.util.List;

/**
 * The cost of the scorer for each record.
 *
 * @param scorer description of the scorer
 * @param nanoseconds processor time of its thread in nanoseconds, median of the rounds
 * @param bytes bytes that its thread allocated in the last round
 * @param rounds nanoseconds for each record, by round
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
