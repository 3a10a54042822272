package dev.noether.lab.peers;

/**
 * All windows of one feature, each brought to mean 0 and deviation 1: z = (x − mean) / √(variance + {@value
 * #LEAST_VARIANCE}). The small variance keeps the noise of an almost constant window small; without it, such a window
 * would be far from all others. The windows are not stored; the class has what {@link NearestWindowSearch} needs to
 * compute the products of two of them.
 *
 * <p>Arrays are indexed by window and are handed out as they are: treat them as read-only.
 */
final class NormalizedWindows {
    static final double LEAST_VARIANCE = 0.01;

    private final double[] rows;
    private final int window;
    private final double[] means;
    private final double[] scales;
    private final double[] squares;
    private final double[] halfSteps;
    private final double[] edgeSums;

    /**
     * Computes means and deviations in O(rows × window).
     *
     * @param rows values of one feature, standardised, finite; at least one window
     */
    NormalizedWindows(float[] rows, int window) {
        this.rows = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            this.rows[i] = rows[i];
        }
        this.window = window;
        int count = rows.length - window + 1;
        means = new double[count];
        scales = new double[count];
        squares = new double[count];
        halfSteps = new double[count];
        edgeSums = new double[count];
        for (int i = 0; i < count; i++) {
            moments(i);
        }
        for (int i = 1; i < count; i++) {
            double enters = this.rows[i + window - 1];
            double leaves = this.rows[i - 1];
            halfSteps[i] = (enters - leaves) / 2;
            edgeSums[i] = enters - means[i] + (leaves - means[i - 1]);
        }
    }

    private void moments(int index) {
        double sum = 0;
        for (int k = index; k < index + window; k++) {
            sum += rows[k];
        }
        means[index] = sum / window;
        double deviations = 0;
        for (int k = index; k < index + window; k++) {
            double difference = rows[k] - means[index];
            deviations += difference * difference;
        }
        double variance = deviations / window + LEAST_VARIANCE;
        scales[index] = 1 / Math.sqrt(variance);
        squares[index] = deviations / variance;
    }

    int count() {
        return means.length;
    }

    /** Returns the factors 1 / √(variance + least variance). */
    double[] scales() {
        return scales;
    }

    /** Returns the squared norms of the normalised windows. */
    double[] squares() {
        return squares;
    }

    /** Returns half of the difference of the row that enters a window and the row that leaves; 0 for the first one. */
    double[] halfSteps() {
        return halfSteps;
    }

    /** Returns the centred row that enters a window plus the centred row that leaves; 0 for the first one. */
    double[] edgeSums() {
        return edgeSums;
    }

    /** Returns the product of two centred windows that are not scaled, computed directly. */
    double product(int index, NormalizedWindows others, int other) {
        double sum = 0;
        for (int k = 0; k < window; k++) {
            sum += (rows[index + k] - means[index]) * (others.rows[other + k] - others.means[other]);
        }
        return sum;
    }
}
