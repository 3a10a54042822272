package dev.noether.model.shape;

import java.util.Arrays;
import java.util.List;

/**
 * Measures the period of a signal by the peaks of its autocorrelation.
 *
 * <p>The autocorrelation is unbiased: its sum over n − k products at lag k is divided by n − k. The prominence of a lag
 * is its autocorrelation less the lowest one at shorter lags. The period is the smallest peak with at least
 * {@value #SHARE_OF_BEST} of the best prominence ({@value #SHARE_OF_WEAK} if the best is below {@value #WEAK}), and
 * then the most prominent peak within {@value #NEAR} times of it: neighbouring peaks of noise must not decide. A peak
 * close to the longest lag may lie on the flank of a longer period. It counts only if the autocorrelation falls behind
 * it, for {@value #FLANK} of its lag.
 *
 * <p>Stateless; thread safe.
 */
public final class PeriodEstimator {
    static final int SHORTEST = 8;
    static final int LONGEST = 1024;
    /** More rows do not change the period, and cost a product for each lag. */
    static final int MOST_ROWS = 40_000;

    private static final double SHARE_OF_BEST = 0.8;
    private static final double SHARE_OF_WEAK = 0.6;
    private static final double WEAK = 0.5;
    private static final double NEAR = 1.3;
    private static final double FLANK = 0.25;

    private PeriodEstimator() {}

    /**
     * Measures the period.
     *
     * @param runs runs of consecutive finite values, in order of time; the last {@value #MOST_ROWS} values of each are
     *     used
     */
    public static Period of(List<float[]> runs) {
        int longest = runs.stream().mapToInt(run -> run.length).max().orElse(0);
        int lags = Math.min(LONGEST, Math.min(longest, MOST_ROWS) / 3);
        if (lags <= SHORTEST) {
            return Period.NONE;
        }
        int behind = Math.min((int) (LONGEST * (1 + FLANK)), Math.min(longest, MOST_ROWS) / 3);
        double[] correlations = autocorrelation(runs, behind);
        Period period = choose(prominences(Arrays.copyOf(correlations, lags + 1)));
        return isOnFlank(period.rows(), correlations) ? Period.NONE : period;
    }

    /** Whether the autocorrelation rises again behind a peak of which the search does not see both sides. */
    private static boolean isOnFlank(int peak, double[] correlations) {
        int end = (int) (peak * (1 + FLANK));
        if (end <= LONGEST) {
            return false;
        }
        for (int lag = peak + 1; lag <= end && lag < correlations.length; lag++) {
            if (correlations[lag] > correlations[peak]) {
                return true;
            }
        }
        return false;
    }

    /** Returns the autocorrelation at lags 0 to {@code lags}; all 0 for a constant signal. */
    static double[] autocorrelation(List<float[]> runs, int lags) {
        double[] sums = new double[lags + 1];
        double[] counts = new double[lags + 1];
        for (float[] run : runs) {
            add(run, sums, counts);
        }
        double[] correlations = new double[lags + 1];
        if (!(sums[0] > 0)) {
            return correlations;
        }
        double variance = sums[0] / counts[0];
        for (int lag = 0; lag <= lags; lag++) {
            correlations[lag] = counts[lag] > 0 ? sums[lag] / counts[lag] / variance : 0;
        }
        return correlations;
    }

    private static void add(float[] run, double[] sums, double[] counts) {
        int count = Math.min(run.length, MOST_ROWS);
        int from = run.length - count;
        double mean = 0;
        for (int i = from; i < run.length; i++) {
            mean += run[i] / (double) count;
        }
        double[] centred = new double[count];
        for (int i = 0; i < count; i++) {
            centred[i] = run[from + i] - mean;
        }
        // A lag beyond a third of a run rests on too few products.
        for (int lag = 0; lag < sums.length && lag <= count / 3; lag++) {
            double sum = 0;
            for (int i = lag; i < count; i++) {
                sum += centred[i] * centred[i - lag];
            }
            sums[lag] += sum;
            counts[lag] += count - lag;
        }
    }

    /** Returns the prominence of each peak, and 0 for each lag that is no peak. */
    private static double[] prominences(double[] correlations) {
        double[] prominences = new double[correlations.length];
        double lowest = correlations[0];
        for (int lag = 1; lag + 1 < correlations.length; lag++) {
            lowest = Math.min(lowest, correlations[lag]);
            boolean isPeak = correlations[lag] > correlations[lag - 1] && correlations[lag] >= correlations[lag + 1];
            if (lag >= SHORTEST && isPeak) {
                prominences[lag] = correlations[lag] - lowest;
            }
        }
        return prominences;
    }

    private static Period choose(double[] prominences) {
        double best = 0;
        for (double prominence : prominences) {
            best = Math.max(best, prominence);
        }
        if (best == 0) {
            return Period.NONE;
        }
        double least = best * (best < WEAK ? SHARE_OF_WEAK : SHARE_OF_BEST);
        int smallest = SHORTEST;
        while (prominences[smallest] < least) {
            smallest++;
        }
        int chosen = smallest;
        for (int lag = smallest; lag < prominences.length && lag <= NEAR * smallest; lag++) {
            if (prominences[lag] > prominences[chosen]) {
                chosen = lag;
            }
        }
        return new Period(chosen, Math.min(2, prominences[chosen]));
    }
}
