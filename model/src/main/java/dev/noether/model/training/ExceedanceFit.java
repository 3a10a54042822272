package dev.noether.model.training;

import dev.noether.model.exceedance.ExceedanceLaw;
import dev.noether.model.exceedance.ExceedanceLevel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Measures how many features deviate at the same time in a history, on rows that the models were not fitted to. */
final class ExceedanceFit {
    /** Shares of the rows in which a feature is beyond its limit. */
    private static final double[] SHARES = {0.3, 0.1, 0.03, 0.01, 0.003, 0.001};

    /** Squares of a normal distribution that have these shares. A limit is not smaller. */
    private static final float[] NORMAL = {1.07f, 2.71f, 4.71f, 6.63f, 8.81f, 10.83f};

    /** The rarest level is this much rarer than the last that the rows show; its limits are extrapolated. */
    private static final double RARER = 10;

    /** Rows beyond a limit that it takes to know it. */
    private static final int FEWEST_ROWS = 8;

    /** The surprise of this share of the rows should be minus its logarithm. */
    private static final double RARE = 0.01;

    private ExceedanceFit() {}

    /** Measures; without enough features or rows the law has no levels. */
    static ExceedanceLaw fit(DeviationSample sample) {
        int count = 0;
        while (count < SHARES.length && sample.rows() * SHARES[count] >= FEWEST_ROWS) {
            count++;
        }
        if (count < 2) {
            return ExceedanceLaw.NONE;
        }
        List<ExceedanceLevel> levels = new ArrayList<>();
        for (float[] limits : limits(sample, count)) {
            levels.add(level(sample, limits));
        }
        return new ExceedanceLaw(levels);
    }

    /**
     * The limits of all features, {@code [level][feature]}. Those of the last level continue the tail between the two
     * levels before it: exponential in the squares, as that of a normal distribution nearly is.
     */
    private static float[][] limits(DeviationSample sample, int levels) {
        float[][] limits = new float[levels + 1][sample.features()];
        double ahead = Math.log(RARER) / Math.log(SHARES[levels - 2] / SHARES[levels - 1]);
        for (int j = 0; j < sample.features(); j++) {
            float[] sorted = sample.sorted(j);
            for (int level = 0; level < levels; level++) {
                int beyond = (int) (sorted.length * SHARES[level]);
                limits[level][j] = Math.max(NORMAL[level], sorted[sorted.length - 1 - beyond]);
            }
            double last = limits[levels - 1][j];
            limits[levels][j] = (float) Math.min(Float.MAX_VALUE, last + ahead * (last - limits[levels - 2][j]));
        }
        return limits;
    }

    private static ExceedanceLevel level(DeviationSample sample, float[] limits) {
        int[] counts = new int[sample.rows()];
        Arrays.setAll(counts, i -> sample.count(i, limits));
        double mean = Arrays.stream(counts).average().orElse(0);
        // One more feature in all rows together, so that a level without any has a share.
        double share = (mean + 1.0 / counts.length) / limits.length;
        Arrays.sort(counts);
        int rare = counts[(int) ((1 - RARE) * (counts.length - 1))];
        double surprise = ExceedanceLevel.surpriseOf(rare, limits.length, share);
        return new ExceedanceLevel((float) share, (float) Math.max(1, surprise / -Math.log(RARE)), limits);
    }
}
