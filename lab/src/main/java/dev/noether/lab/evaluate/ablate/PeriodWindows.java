package dev.noether.lab.evaluate.ablate;

import dev.noether.model.shape.ShapeWindow;
import java.util.Arrays;
import java.util.List;

/**
 * The windows of one period of a signal: evenly spaced ones to train on, later ones to validate, and those that end
 * with every {@code stride}-th test row. Missing rows are not considered.
 */
final class PeriodWindows {
    /** More windows make the networks slower, and were not better. */
    private static final int MOST_TRAINING = 2_000;

    private static final int MOST_VALIDATION = 500;
    private static final double TRAINING_SHARE = 0.8;

    private final ShapeWindow window;
    private final Windows training;
    private final Windows validation;
    private final Windows test;
    private final int firstTest;
    private final int stride;
    private final int testRows;

    /**
     * Windows, one after the other.
     *
     * @param values row-major {@code [count, width]}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Windows(float[] values, int count) {}

    /**
     * Cuts the windows.
     *
     * @param runs scaled training rows, at least one run
     * @param testSignal scaled test rows, which follow the last run
     * @param stride test rows from one judged window to the next
     */
    PeriodWindows(ShapeWindow window, List<float[]> runs, float[] testSignal, int stride) {
        this.window = window;
        this.stride = stride;
        this.testRows = testSignal.length;
        int all = runs.stream().mapToInt(this::count).sum();
        int split = (int) (TRAINING_SHARE * all);
        // The windows of the two parts share no row, unless the history is too short for that.
        int after = Math.min(split + window.rows(), (split + all) / 2);
        this.training = evenly(runs, 0, split, MOST_TRAINING);
        this.validation = evenly(runs, after, all, MOST_VALIDATION);
        float[] last = runs.get(runs.size() - 1);
        int lead = Math.min(window.rows() - 1, last.length);
        this.firstTest = window.rows() - 1 - lead;
        this.test = ending(last, lead, testSignal);
    }

    private int count(float[] run) {
        return Math.max(0, run.length - window.rows() + 1);
    }

    private Windows evenly(List<float[]> runs, int from, int to, int most) {
        int count = Math.max(1, Math.min(most, to - from));
        float[] values = new float[count * window.width()];
        for (int i = 0; i < count; i++) {
            int number = from + (int) ((long) i * (to - from) / count);
            int run = 0;
            while (number >= count(runs.get(run))) {
                number -= count(runs.get(run++));
            }
            window.cut(runs.get(run), number + window.rows(), values, i * window.width());
        }
        return new Windows(values, count);
    }

    private Windows ending(float[] last, int lead, float[] testSignal) {
        float[] signal = Arrays.copyOfRange(last, last.length - lead, last.length + testSignal.length);
        System.arraycopy(testSignal, 0, signal, lead, testSignal.length);
        int count = Math.max(0, (testRows - firstTest + stride - 1) / stride);
        float[] values = new float[count * window.width()];
        for (int i = 0; i < count; i++) {
            window.cut(signal, lead + firstTest + i * stride + 1, values, i * window.width());
        }
        return new Windows(values, count);
    }

    int width() {
        return window.width();
    }

    Windows training() {
        return training;
    }

    Windows validation() {
        return validation;
    }

    Windows test() {
        return test;
    }

    /** The score of each test row: that of the newest judged window; before the first one, the lowest of all. */
    float[] held(double[] ofWindows) {
        float[] scores = new float[testRows];
        float lowest = (float) Arrays.stream(ofWindows).min().orElse(0);
        for (int row = 0; row < testRows; row++) {
            scores[row] = row < firstTest ? lowest : (float) ofWindows[(row - firstTest) / stride];
        }
        return scores;
    }
}
