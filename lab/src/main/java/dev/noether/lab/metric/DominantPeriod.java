package dev.noether.lab.metric;

/**
 * The length of the strongest period of a series by its autocorrelation. The TSB-AD benchmark uses it as the default of
 * the largest buffer of {@link VolumeUnderSurface} ({@code find_length_rank} with rank 1, on the first feature).
 *
 * <p>The period is the lag of the highest local maximum of the autocorrelation of the first 20,000 values over lags 4
 * to 399. It is 125 if there is no maximum, or if the lag is below 6 or above 303. Stateless and thread-safe.
 */
public final class DominantPeriod {
    private static final int MOST_VALUES = 20_000;
    private static final int LARGEST_LAG = 400;
    private static final int FIRST_LAG = 3;
    private static final int SHORTEST = 6;
    private static final int LONGEST = 303;
    private static final int DEFAULT = 125;

    private DominantPeriod() {}

    /**
     * Estimates the period.
     *
     * @param series finite values, {@code [n]}, in the order of time
     * @return period in rows, in [6, 303]
     * @throws IllegalArgumentException if a value is not finite
     */
    public static int of(float[] series) {
        double[] covariance = autocovariance(series);
        int highest = -1;
        for (int lag = FIRST_LAG + 1; lag + 1 < covariance.length; lag++) {
            boolean maximum = covariance[lag] > covariance[lag - 1] && covariance[lag] > covariance[lag + 1];
            if (maximum && (highest < 0 || covariance[lag] > covariance[highest])) {
                highest = lag;
            }
        }
        return highest < SHORTEST || highest > LONGEST ? DEFAULT : highest;
    }

    /** Returns the autocovariance without its factor 1/n, which does not change the order of the lags. */
    private static double[] autocovariance(float[] series) {
        int n = Math.min(series.length, MOST_VALUES);
        double mean = 0;
        for (int i = 0; i < n; i++) {
            if (!Float.isFinite(series[i])) {
                throw new IllegalArgumentException(
                        "`series` must be finite (got " + series[i] + " at index " + i + ")");
            }
            mean += series[i] / (double) n;
        }
        double[] centred = new double[n];
        for (int i = 0; i < n; i++) {
            centred[i] = series[i] - mean;
        }
        double[] covariance = new double[Math.min(n, LARGEST_LAG + 1)];
        for (int lag = 0; lag < covariance.length; lag++) {
            for (int i = lag; i < n; i++) {
                covariance[lag] += centred[i] * centred[i - lag];
            }
        }
        return covariance;
    }
}
