package dev.noether.model.scoring;

/**
 * How many features of a row deviate. A break of a few features among hundreds is lost in the sum of all squares, and
 * one feature that deviates by much more is not what this view looks for. So each feature counts what its square exceeds
 * a level, and at most {@value #MOST} (a truncated sum of squares: Fan 1996, "Test of significance based on wavelet
 * thresholding and Neyman's truncation").
 */
final class WideView {
    /** Models of fewer features do not have the view. */
    static final int FEWEST_FEATURES = 64;

    /** Normal features exceed this square once in 370 rows. */
    private static final float LEVEL = 9;

    private static final float MOST = 16;

    private WideView() {}

    /**
     * The value of the view: the logarithm of one plus the sum over the features, at least 0.
     *
     * @param squares squares of the features, summed over the views of the row
     * @param views number of views of the row
     * @return value; NaN with fewer than {@value #FEWEST_FEATURES} features
     */
    static double of(float[] squares, int views) {
        if (squares.length < FEWEST_FEATURES) {
            return Double.NaN;
        }
        float part = 1f / views;
        float sum = 0;
        for (int j = 0; j < squares.length; j++) {
            sum += Math.max(0, Math.min(MOST, squares[j] * part - LEVEL));
        }
        return Math.log1p(sum);
    }
}
