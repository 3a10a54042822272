package dev.noether.model.shape;

import java.util.List;

/**
 * The scaled training signal: runs of consecutive rows. A window is numbered by its end: the windows of the first run
 * come first, in order of time. Immutable; thread safe.
 */
final class ShapeHistory {
    private final List<float[]> runs;
    private final ShapeWindow window;
    /** The number of windows before each run. */
    private final int[] before;

    private final int count;
    private final boolean[] isUsual;

    /** Makes a history whose values are all usual. */
    ShapeHistory(List<float[]> runs, ShapeWindow window) {
        this(runs, runs, window);
    }

    /**
     * Makes a history.
     *
     * @param runs scaled, finite values of consecutive rows; not copied
     * @param usual the same values where they are usual, and others where they are not
     */
    ShapeHistory(List<float[]> runs, List<float[]> usual, ShapeWindow window) {
        this.runs = List.copyOf(runs);
        this.window = window;
        this.before = new int[runs.size()];
        int windows = 0;
        for (int run = 0; run < before.length; run++) {
            before[run] = windows;
            windows += Math.max(0, runs.get(run).length - window.rows() + 1);
        }
        this.count = windows;
        this.isUsual = new boolean[count];
        for (int run = 0; run < before.length; run++) {
            markUsual(runs.get(run), usual.get(run), before[run]);
        }
    }

    private void markUsual(float[] values, float[] usual, int firstWindow) {
        int usualRows = 0;
        for (int row = 0; row < values.length; row++) {
            usualRows = values[row] == usual[row] ? usualRows + 1 : 0;
            int number = row - window.rows() + 1;
            if (number >= 0) {
                isUsual[firstWindow + number] = usualRows >= window.rows();
            }
        }
    }

    /** Whether all values of a window are usual. */
    boolean isUsual(int index) {
        return isUsual[index];
    }

    /** The number of windows. */
    int count() {
        return count;
    }

    ShapeWindow window() {
        return window;
    }

    /** Copies the values of a window. */
    void cut(int index, float[] target, int offset) {
        int run = run(index);
        window.cut(runs.get(run), index - before[run] + window.rows(), target, offset);
    }

    /** Copies the scaled rows of a window. */
    void copyRows(int index, float[] target) {
        int run = run(index);
        System.arraycopy(runs.get(run), index - before[run], target, 0, window.rows());
    }

    /** The number of the first window that shares rows with a window. */
    int firstOverlapping(int index) {
        return Math.max(before[run(index)], index - window.rows() + 1);
    }

    /** The number behind the last window that shares rows with a window. */
    int behindOverlapping(int index) {
        int run = run(index);
        int end = run + 1 < before.length ? before[run + 1] : count;
        return Math.min(end, index + window.rows());
    }

    private int run(int index) {
        int run = before.length - 1;
        while (before[run] > index) {
            run--;
        }
        return run;
    }
}
