package dev.noether.flink.scoring;

import dev.noether.model.feature.WindowBuffer;

/**
 * A window for a row that must not enter the window of its entity: a late row, or a duplicate. It holds a copy of the
 * rows before it. One object for all rows; not thread safe.
 */
final class DetachedWindow {
    private final WindowBuffer copy;
    private final float[] values;

    DetachedWindow(ScoringOptions options) {
        copy = options.newWindow();
        values = new float[options.window().featureCount()];
    }

    /**
     * Returns a window that ends with a row. Valid until the next call.
     *
     * @param window window of the entity; only read
     * @param count number of its rows, from the oldest on, that come before the row
     * @param eventTime event time of the row in the returned window
     * @param row values of the row
     */
    WindowBuffer endingWith(WindowBuffer window, int count, long eventTime, double[] row) {
        copy.clear();
        copy.setOrigin(window.origin());
        for (int i = 0; i < count; i++) {
            window.copyRow(i, values, 0);
            copy.addStored(window.time(i), values, 0);
        }
        copy.add(eventTime, row, 0);
        return copy;
    }
}
