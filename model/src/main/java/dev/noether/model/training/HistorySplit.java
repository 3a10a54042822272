package dev.noether.model.training;

import dev.noether.model.feature.Scaling;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.training.EntityHistory.Run;
import java.util.Arrays;
import java.util.List;

/**
 * A history cut in three by event time, the same instants for every entity: training, validation, calibration. A window
 * belongs to the part of its newest row, so that no judged row of a later part was trained on.
 */
final class HistorySplit {
    private final List<EntityHistory> histories;
    private final int features;
    private final int windowRows;
    private final long validationFrom;
    private final long calibrationFrom;
    private final long from;
    private final long to;
    private final int rows;

    HistorySplit(List<EntityHistory> histories, int features, DetectorOptions options) {
        this.histories = histories;
        this.features = features;
        this.windowRows = options.windowRows();
        long[] times = histories.stream()
                .flatMap(history -> history.runs().stream())
                .flatMapToLong(run -> Arrays.stream(run.times()))
                .sorted()
                .toArray();
        rows = times.length;
        if (rows < options.minRows()) {
            throw new HistoryTooShortException(
                    "the history has " + rows + " rows, a model takes at least " + options.minRows());
        }
        from = times[0];
        to = times[rows - 1] + 1;
        double trained = 1 - options.validationFraction() - options.calibrationFraction();
        validationFrom = times[(int) (rows * trained)];
        calibrationFrom = times[Math.min(rows - 1, (int) (rows * (1 - options.calibrationFraction())))];
    }

    long from() {
        return from;
    }

    long to() {
        return to;
    }

    boolean isCalibration(long time) {
        return time >= calibrationFrom;
    }

    boolean isHeldOut(long time) {
        return time >= validationFrom;
    }

    /** The raw rows of the training part, row-major. */
    float[] trainingRows() {
        int count = 0;
        for (EntityHistory history : histories) {
            for (Run run : history.runs()) {
                count += trainingRows(run);
            }
        }
        if (count == 0) {
            throw new HistoryTooShortException("no row of the history is early enough to train on");
        }
        float[] values = new float[count * features];
        int at = 0;
        for (EntityHistory history : histories) {
            for (Run run : history.runs()) {
                int length = trainingRows(run) * features;
                System.arraycopy(run.rows(), 0, values, at, length);
                at += length;
            }
        }
        return values;
    }

    /** The scaled windows of the training part, and which entity each belongs to. */
    Part training(Scaling scaling) {
        return cut(scaling, Long.MIN_VALUE, validationFrom);
    }

    /** The scaled windows of the validation part. */
    Part validation(Scaling scaling) {
        return cut(scaling, validationFrom, calibrationFrom);
    }

    /**
     * Windows of one part.
     *
     * @param windows row-major {@code [count, windowRows × features]}
     * @param entity for each window the position of its entity in the list of histories
     * @param count how many
     */
    record Part(float[] windows, int[] entity, int count) {}

    private int trainingRows(Run run) {
        int count = 0;
        while (count < run.count() && run.times()[count] < validationFrom) {
            count++;
        }
        return count;
    }

    private Part cut(Scaling scaling, long partFrom, long partTo) {
        int width = windowRows * features;
        long capacity = 0;
        for (EntityHistory history : histories) {
            for (Run run : history.runs()) {
                for (int i = windowRows - 1; i < run.count(); i++) {
                    if (run.times()[i] >= partFrom && run.times()[i] < partTo) {
                        capacity++;
                    }
                }
            }
        }
        if (capacity * width > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(capacity + " windows of " + width
                    + " values do not fit into memory; make the sample or the window smaller");
        }
        float[] windows = new float[(int) capacity * width];
        int[] entity = new int[(int) capacity];
        int count = 0;
        for (int e = 0; e < histories.size(); e++) {
            for (Run run : histories.get(e).runs()) {
                WindowBuffer buffer = new WindowBuffer(windowRows, 0, features);
                for (int i = 0; i < run.count(); i++) {
                    int position = buffer.add(run.times()[i], run.rows(), i * features);
                    if (buffer.windowEndsAt(position) && run.times()[i] >= partFrom && run.times()[i] < partTo) {
                        buffer.copyWindow(position, scaling, windows, count * width);
                        entity[count++] = e;
                    }
                }
            }
        }
        return new Part(windows, entity, count);
    }
}
