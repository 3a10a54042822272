package dev.noether.lab.evaluate.portrait;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the shape view of a model has learned about a series.
 *
 * @param feature name of the judged feature
 * @param period in rows
 * @param windows half a period and a whole one
 */
public record ShapePortrait(String feature, int period, List<WindowPortrait> windows) {
    /** Copies the list. */
    public ShapePortrait {
        windows = List.copyOf(windows);
    }

    /**
     * What is learned about windows of one length.
     *
     * @param rowsPerValue rows of a value of the window
     * @param isStandardised whether each window has mean 0 and deviation 1
     * @param prototypes some normal windows, each {@code [width]}
     * @param motions the learned motions, strongest first
     * @param strongest the window of the largest alarm score; null if there is none
     */
    public record WindowPortrait(
            int rowsPerValue,
            boolean isStandardised,
            List<double[]> prototypes,
            List<LearnedMotion> motions,
            @Nullable FoundWindow strongest) {
        /** Copies the lists. */
        public WindowPortrait {
            prototypes = List.copyOf(prototypes);
            motions = List.copyOf(motions);
        }
    }

    /**
     * An eigenvector of Σ, and what it does to a normal window.
     *
     * @param words the kinds of change that it consists of
     * @param share its share of the variation that all motions make, in [0, 1]
     * @param window the normal window, {@code [width]}
     * @param change what one standard deviation of the motion adds to it, {@code [width]}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record LearnedMotion(String words, double share, double[] window, double[] change) {
        /**
         * The normal window moved along the motion, {@code [width]}.
         *
         * @param deviations standard deviations of the motion
         */
        public double[] moved(double deviations) {
            double[] moved = window.clone();
            for (int i = 0; i < moved.length; i++) {
                moved[i] += deviations * change[i];
            }
            return moved;
        }
    }

    /**
     * A window and its reconstruction.
     *
     * @param row the test row that it ends with
     * @param values {@code [width]}
     * @param reconstruction the best prototype, moved along the learned motions, {@code [width]}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record FoundWindow(int row, double[] values, double[] reconstruction) {
        /** What could not be explained, {@code [width]}. */
        public double[] unexplained() {
            double[] rest = values.clone();
            for (int i = 0; i < rest.length; i++) {
                rest[i] -= reconstruction[i];
            }
            return rest;
        }
    }
}
