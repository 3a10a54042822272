package dev.noether.model.shape;

/**
 * The period of a signal that repeats.
 *
 * @param rows length in rows; 0 if the signal has no period
 * @param prominence how far the autocorrelation rises above its lowest value at shorter lags, in [0, 2]; 0 without a
 *     period
 */
public record Period(int rows, double prominence) {
    /** No period. */
    public static final Period NONE = new Period(0, 0);

    /** Checks the numbers. */
    public Period {
        if (rows < 0 || !(prominence >= 0 && prominence <= 2.5)) {
            throw new IllegalArgumentException(
                    "`rows` must be at least 0 and `prominence` in [0, 2.5] (got " + rows + " and " + prominence + ")");
        }
    }
}
