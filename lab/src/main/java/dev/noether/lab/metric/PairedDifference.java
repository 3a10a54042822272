package dev.noether.lab.metric;

import dev.noether.model.numeric.ConfidenceInterval;
import dev.noether.model.numeric.IncompleteBeta;
import java.util.Arrays;

/**
 * The comparison of two detectors series by series: the mean of the differences, first minus second, with its
 * confidence interval.
 *
 * @param pairs number of series
 * @param mean mean difference
 * @param standardError standard deviation of the differences (with n − 1) divided by √n
 * @param interval the 95 % interval of the mean by Student's t with n − 1 degrees of freedom
 * @param wilcoxon the two-sided p-value of Wilcoxon's signed-rank test
 */
public record PairedDifference(
        int pairs, double mean, double standardError, ConfidenceInterval interval, double wilcoxon) {
    private static final double OUTSIDE = 0.05;

    /**
     * Compares two detectors.
     *
     * @param first metric of the first detector on each series, finite, {@code [n]}, n at least 2
     * @param second metric of the second detector on the same series, finite, {@code [n]}
     * @throws IllegalArgumentException if the lengths differ, there are fewer than two pairs, or a number is not finite
     */
    public static PairedDifference of(double[] first, double[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException("`first` and `second` must be of the same length (got " + first.length
                    + " and " + second.length + ")");
        }
        if (first.length < 2) {
            throw new IllegalArgumentException("a standard error needs at least 2 pairs (got " + first.length + ")");
        }
        double[] differences = new double[first.length];
        for (int i = 0; i < first.length; i++) {
            differences[i] = first[i] - second[i];
            if (!Double.isFinite(differences[i])) {
                throw new IllegalArgumentException("`first` and `second` must be finite (got " + first[i] + " and "
                        + second[i] + " at index " + i + ")");
            }
        }
        int pairs = differences.length;
        double mean = Arrays.stream(differences).sum() / pairs;
        double squares = Arrays.stream(differences)
                .map(difference -> (difference - mean) * (difference - mean))
                .sum();
        double standardError = Math.sqrt(squares / (pairs - 1) / pairs);
        double half = standardError * twoSidedStudent(pairs - 1);
        return new PairedDifference(
                pairs, mean, standardError, new ConfidenceInterval(mean - half, mean + half), wilcoxon(differences));
    }

    /** Returns whether the interval excludes zero: only then is the difference a win or a loss. */
    public boolean beyondNoise() {
        return !interval.contains(0);
    }

    /** Returns the t that the absolute value of Student's t exceeds with probability 0.05. */
    private static double twoSidedStudent(int degrees) {
        // P(|T| > t) = I(ν / (ν + t²); ν/2, 1/2), DLMF 8.17 with 26.5 of Abramowitz and Stegun.
        double x = IncompleteBeta.quantile(OUTSIDE, degrees / 2.0, 0.5);
        return Math.sqrt(degrees * (1 - x) / x);
    }

    /**
     * Computes the exact p-value for any n, with ties: all 2ⁿ signs are equally likely, and the distribution of the
     * rank sum is computed one difference at a time. Differences of zero are omitted, and equal ones have the mean of
     * their ranks (Wilcoxon, 1945; Pratt's variant would rank the zeros). O(n³).
     */
    private static double wilcoxon(double[] differences) {
        double[] nonZero =
                Arrays.stream(differences).filter(difference -> difference != 0).toArray();
        double[] sizes = Arrays.stream(nonZero).map(Math::abs).sorted().toArray();
        int n = sizes.length;
        // The ranks are doubled, so that the mean of tied ranks is an integer. Their sum is n(n + 1).
        int[] ranks = new int[n];
        for (int start = 0; start < n; ) {
            int end = start;
            while (end < n && sizes[end] == sizes[start]) {
                end++;
            }
            Arrays.fill(ranks, start, end, start + 1 + end);
            start = end;
        }
        int positive = 0;
        for (double difference : nonZero) {
            if (difference > 0) {
                positive += ranks[Arrays.binarySearch(sizes, difference)];
            }
        }
        int total = n * (n + 1);
        double[] probabilities = new double[total + 1];
        probabilities[0] = 1;
        int reached = 0;
        for (int rank : ranks) {
            reached += rank;
            for (int sum = reached; sum >= 0; sum--) {
                double with = sum >= rank ? probabilities[sum - rank] : 0;
                probabilities[sum] = (probabilities[sum] + with) / 2;
            }
        }
        double tail = 0;
        for (int sum = 0; sum <= Math.min(positive, total - positive); sum++) {
            tail += probabilities[sum];
        }
        return Math.min(1, 2 * tail);
    }
}
