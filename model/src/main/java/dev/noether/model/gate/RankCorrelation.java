package dev.noether.model.gate;

import java.util.Arrays;

/** Spearman's rank correlation. Stateless; thread safe. */
public final class RankCorrelation {
    private RankCorrelation() {}

    /** The correlation of the ranks, in [−1, 1]; NaN if one of the two is constant or has a NaN. */
    public static double of(float[] first, float[] second) {
        double[] one = ranks(first);
        double[] other = ranks(second);
        double mean = (one.length - 1) / 2.0;
        double products = 0;
        double ofOne = 0;
        double ofOther = 0;
        for (int i = 0; i < one.length; i++) {
            products += (one[i] - mean) * (other[i] - mean);
            ofOne += (one[i] - mean) * (one[i] - mean);
            ofOther += (other[i] - mean) * (other[i] - mean);
        }
        return products / Math.sqrt(ofOne * ofOther);
    }

    /** Ranks from 0; equal values have the mean of their ranks. */
    private static double[] ranks(float[] values) {
        long[] order = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            if (Float.isNaN(values[i])) {
                return filledWithNaN(values.length);
            }
            int bits = Float.floatToIntBits(values[i] + 0f);
            order[i] = (long) (bits >= 0 ? bits : bits ^ 0x7fff_ffff) << 32 | i;
        }
        Arrays.sort(order);
        double[] ranks = new double[values.length];
        for (int start = 0; start < order.length; ) {
            int end = start + 1;
            while (end < order.length && order[end] >> 32 == order[start] >> 32) {
                end++;
            }
            for (int i = start; i < end; i++) {
                ranks[(int) order[i]] = (start + end - 1) / 2.0;
            }
            start = end;
        }
        return ranks;
    }

    private static double[] filledWithNaN(int length) {
        double[] values = new double[length];
        Arrays.fill(values, Double.NaN);
        return values;
    }
}
