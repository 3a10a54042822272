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

    /**
     * Makes a history.
     *
     * @param runs scaled, finite values of consecutive rows; not copied
     */
    ShapeHistory(List<float[]> runs, ShapeWindow window) {
        this.runs = List.copyOf(runs);
        this.window = window;
        this.before = new int[runs.size()];
        int windows = 0;
        for (int run = 0; run < before.length; run++) {
            before[run] = windows;
            windows += Math.max(0, runs.get(run).length - window.rows() + 1);
        }
        this.count = windows;
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
