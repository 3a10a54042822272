package dev.noether.model.shape;

import java.util.Arrays;

/**
 * Says which one motion explains the newest half of a window of about a period: it is compared with what followed the
 * same older half in training, moved as far as needed. The learned generators move a window only a little, and a
 * prototype of another phase hides a shift; here the older half fixes the phase.
 *
 * <p>Not thread safe; allocates nothing after construction.
 */
final class ShapeAnalogy {
    /** The prototypes with the most similar older half that are compared. */
    private static final int CANDIDATES = 16;

    /** A motion explains the newest half if it leaves at most this share of the squared difference. */
    private static final double LARGEST_REST = 0.3;

    /** The older half is normal if its squared difference is at most this share of that of the newest half. */
    private static final double LARGEST_CONTEXT = 0.35;

    /** The share of the squared difference that a second number must explain. */
    private static final double PRICE = 0.05;

    /** As much must a shift explain more: what has left the window is rather missing than late. */
    private static final double SHIFT_PRICE = 0.1;

    /** Factors on the width. */
    private static final double[] WIDTHS = {0.5, 0.6, 0.7, 0.8, 0.9, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2};

    /** Prototypes that show the normal variation. */
    private static final int CALIBRATIONS = 100;

    private static final double LEAST_DEVIATION = 0.01;

    /** Shifts are whole values. */
    private static final double LEAST_TIME_DEVIATION = 0.5;

    private static final ShapeKind[] MOTIONS = {
        ShapeKind.OFFSET, ShapeKind.TREND, ShapeKind.AMPLITUDE, ShapeKind.SHIFT, ShapeKind.WIDTH
    };

    private final int width;
    private final int middle;
    private final int count;
    private final float[] prototypes;
    /** Standard deviations of the steps between normal windows, by motion. */
    private final double[] deviations = new double[MOTIONS.length];

    private final float[] contexts;
    private final NearestPrototypes nearest;
    private final double[] expected;
    private final double[] rests = new double[MOTIONS.length];
    private final double[] steps = new double[MOTIONS.length];
    private double unmoved;
    private int best;

    /**
     * Prepares the prototypes.
     *
     * @param whole the window of a period; its prototypes are standardised, about like the scaled signal
     */
    ShapeAnalogy(SymmetryAutoencoder whole) {
        width = whole.window().width();
        middle = width / 2;
        count = whole.count();
        prototypes = whole.prototypes();
        contexts = new float[count];
        nearest = new NearestPrototypes(Math.min(CANDIDATES, count));
        expected = new double[width];
        calibrate(whole.window().rows());
    }

    /** Explains some prototypes by others: their steps are the normal variation. */
    private void calibrate(int rows) {
        int compared = 0;
        for (int n = 0; n < CALIBRATIONS; n++) {
            int prototype = (int) ((n + 0.5) * count / CALIBRATIONS);
            // Windows that begin within a window's length share values.
            explain(prototypes, prototype * width, prototype - rows, prototype + rows);
            if (nearest.size() > 0) {
                compared++;
                for (int m = 0; m < MOTIONS.length; m++) {
                    deviations[m] += steps[m] * steps[m];
                }
            }
        }
        for (int m = 0; m < MOTIONS.length; m++) {
            double least = MOTIONS[m] == ShapeKind.SHIFT || MOTIONS[m] == ShapeKind.WIDTH
                    ? LEAST_TIME_DEVIATION
                    : LEAST_DEVIATION;
            deviations[m] = Math.max(least, Math.sqrt(deviations[m] / Math.max(1, compared)));
        }
    }

    /**
     * Compares a window.
     *
     * @param window scaled values, not standardised
     * @param at index of the first of them
     * @return whether the older half is normal, so that the result says something
     */
    boolean explain(float[] window, int at) {
        explain(window, at, 0, 0);
        return contexts[nearest.prototype(0)] <= LARGEST_CONTEXT * unmoved;
    }

    private void explain(float[] window, int at, int excludedFrom, int excludedTo) {
        nearest.clear();
        for (int j = 0; j < count; j++) {
            contexts[j] = context(window, at, j);
        }
        nearest.offer(contexts, 0, 0, Math.max(0, excludedFrom));
        nearest.offer(contexts, 0, Math.min(count, excludedTo), count);
        unmoved = Double.POSITIVE_INFINITY;
        Arrays.fill(rests, Double.POSITIVE_INFINITY);
        for (int k = 0; k < nearest.size(); k++) {
            compare(window, at, nearest.prototype(k));
        }
        best = 0;
        for (int m = 1; m < rests.length; m++) {
            if (rests[m] < rests[best]) {
                best = m;
            }
        }
    }

    /** The kind of the difference. */
    ShapeKind kind() {
        return rests[best] <= LARGEST_REST * unmoved ? MOTIONS[best] : ShapeKind.SHAPE;
    }

    /** The step of the best motion, in standard deviations of the steps between normal windows. */
    double deviations() {
        return steps[best] / deviations[best];
    }

    /** The squared difference of the older halves, without that of their means. */
    private float context(float[] window, int at, int prototype) {
        int from = prototype * width;
        float sum = 0;
        float squares = 0;
        for (int i = 0; i < middle; i++) {
            float difference = window[at + i] - prototypes[from + i];
            sum += difference;
            squares += difference * difference;
        }
        return squares - sum * sum / middle;
    }

    private void compare(float[] window, int at, int prototype) {
        double level = 0;
        for (int i = 0; i < middle; i++) {
            level += window[at + i] - prototypes[prototype * width + i];
        }
        level /= middle;
        for (int i = 0; i < width; i++) {
            expected[i] = prototypes[prototype * width + i] + level;
        }
        double squares = compareValues(window, at);
        unmoved = Math.min(unmoved, squares);
        compareShifts(window, at, squares);
        compareWidths(window, at);
    }

    /** Offset, trend and amplitude in closed form; returns the squared difference without a motion. */
    private double compareValues(float[] window, int at) {
        int size = width - middle;
        double sum = 0;
        double squares = 0;
        double trend = 0;
        double mean = 0;
        for (int i = middle; i < width; i++) {
            double difference = window[at + i] - expected[i];
            sum += difference;
            squares += difference * difference;
            trend += difference * ramp(i - middle, size);
            mean += expected[i] / size;
        }
        double product = 0;
        double power = 0;
        for (int i = middle; i < width; i++) {
            double swing = expected[i] - mean;
            product += (window[at + i] - expected[i]) * swing;
            power += swing * swing;
        }
        offer(0, squares - sum * sum / size, sum / size);
        offer(1, squares - trend * trend / size, trend / size);
        if (power > 0) {
            // The level of a signal that swings less is another one, too. The second number to fit has a price.
            double rest = squares - sum * sum / size - product * product / power;
            offer(2, rest + PRICE * squares, product / power);
        }
        return squares;
    }

    private static double ramp(int index, int size) {
        return Math.sqrt(3) * (2 * (index + 0.5) / size - 1);
    }

    private void compareShifts(float[] window, int at, double squares) {
        double price = SHIFT_PRICE * squares;
        for (int shift = -width / 3; shift <= width / 3; shift++) {
            double rest = 0;
            for (int i = middle; i < width; i++) {
                double difference = window[at + i] - expected[wrapped(i - shift)];
                rest += difference * difference;
            }
            offer(3, rest + price, shift);
        }
    }

    /** Stretches around the largest swing of the newest half. */
    private void compareWidths(float[] window, int at) {
        int center = middle;
        for (int i = middle; i < width; i++) {
            if (Math.abs(expected[i]) > Math.abs(expected[center])) {
                center = i;
            }
        }
        for (double factor : WIDTHS) {
            double squares = 0;
            for (int i = middle; i < width; i++) {
                double time = center + (i - center) / factor;
                int before = (int) Math.floor(time);
                double weight = time - before;
                double value = (1 - weight) * expected[wrapped(before)] + weight * expected[wrapped(before + 1)];
                double difference = window[at + i] - value;
                squares += difference * difference;
            }
            // The root mean square of the motion over half a window.
            offer(4, squares, (factor - 1) * (width - middle) / Math.sqrt(12));
        }
    }

    /** A window is about a period, so that its beginning follows its end. */
    private int wrapped(int index) {
        return Math.floorMod(index, width);
    }

    private void offer(int motion, double rest, double step) {
        if (rest < rests[motion]) {
            rests[motion] = rest;
            steps[motion] = step;
        }
    }
}
