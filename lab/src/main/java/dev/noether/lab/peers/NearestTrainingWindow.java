package dev.noether.lab.peers;

/**
 * The Euclidean distance of a window of one feature to the nearest window of the training rows, after each window is
 * brought to mean 0 and deviation 1: the left join of the matrix profile (Yeh et al., "Matrix Profile I", ICDM 2016).
 * The feature is standardised first, and .01 is added to the variance of each window, so that an almost constant window
 * is not far from all others. The search is exact, over all training windows.
 *
 * @param window number of rows of a window, at least 2; the window ends at the scored row
 */
public record NearestTrainingWindow(int window) implements PeerDetector {
    /**
     * Checks the window.
     *
     * @throws IllegalArgumentException if it is below 2
     */
    public NearestTrainingWindow {
        if (window < 2) {
            throw new IllegalArgumentException("`window` must be at least 2 (got " + window + ")");
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the rows have more than one feature, or there are fewer training rows than
     *     one window has
     */
    @Override
    public float[] score(Observations train, Observations test) {
        StandardizedWindows windows = StandardizedWindows.of(train, test, window);
        if (train.width() != 1) {
            throw new IllegalArgumentException("rows must have one feature (got " + train.width() + ")");
        }
        double[] squares = NearestWindowSearch.squaredDistances(
                new NormalizedWindows(windows.training().rows(), window),
                new NormalizedWindows(windows.test().rows(), window));
        float[] scores = new float[squares.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) Math.sqrt(squares[i]);
        }
        return scores;
    }
}
