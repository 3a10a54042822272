package dev.noether.model.training;

import dev.noether.model.feature.Scaling;
import dev.noether.model.feature.StaleContext;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.training.EntityHistory.Run;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A history cut in three by event time, the same instants for every entity: training, validation, calibration. A window
 * belongs to the part of its newest row, so that no judged row of a later part was trained on.
 */
final class HistorySplit {
    private final List<EntityHistory> histories;
    private final int features;
    private final long validationFrom;
    private final long calibrationFrom;
    private final long from;
    private final long to;
    private final long[] times;
    private final Duration interval;

    HistorySplit(List<EntityHistory> histories, int features, DetectorOptions options) {
        this.histories = histories;
        this.features = features;
        this.interval = RowInterval.median(histories);
        times = histories.stream()
                .flatMap(history -> history.runs().stream())
                .flatMapToLong(run -> Arrays.stream(run.times()))
                .sorted()
                .toArray();
        int rows = times.length;
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

    /** Event time from which on the history was not fitted to. */
    long calibrationFrom() {
        return calibrationFrom;
    }

    /** The median time from a row of an entity to its next. */
    Duration interval() {
        return interval;
    }

    /** Event time of the row that comes behind so many parts of {@code of}, counted in rows of all entities. */
    long instant(int part, int of) {
        return times[(int) ((long) times.length * part / of)];
    }

    /** All raw rows, row-major. */
    float[] allRows() {
        return rowsBefore(Long.MAX_VALUE);
    }

    /** The raw rows of the training part, row-major. */
    float[] trainingRows() {
        return rowsBefore(validationFrom);
    }

    private float[] rowsBefore(long end) {
        int count = 0;
        for (EntityHistory history : histories) {
            for (Run run : history.runs()) {
                count += rowsBefore(run, end);
            }
        }
        if (count == 0) {
            throw new HistoryTooShortException("no row of the history is early enough to train on");
        }
        float[] values = new float[count * features];
        int at = 0;
        for (EntityHistory history : histories) {
            for (Run run : history.runs()) {
                int length = rowsBefore(run, end) * features;
                System.arraycopy(run.rows(), 0, values, at, length);
                at += length;
            }
        }
        return values;
    }

    /** The scaled windows of the training part, and which entity each belongs to. */
    Part training(Scaling scaling, int windowRows) {
        return cut(scaling, windowRows, Long.MIN_VALUE, validationFrom);
    }

    /** The scaled windows of the validation part. */
    Part validation(Scaling scaling, int windowRows) {
        return cut(scaling, windowRows, validationFrom, calibrationFrom);
    }

    /** The scaled windows of the training and the validation part. */
    Part fitted(Scaling scaling, int windowRows) {
        return cut(scaling, windowRows, Long.MIN_VALUE, calibrationFrom);
    }

    /** The scaled windows of the whole history. */
    Part all(Scaling scaling, int windowRows) {
        return cut(scaling, windowRows, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** The scaled windows whose newest row lies in {@code [partFrom, partTo)}. */
    Part between(Scaling scaling, int windowRows, long partFrom, long partTo) {
        return cut(scaling, windowRows, partFrom, partTo);
    }

    /** The scaled windows of which no row lies before an instant. */
    Part behind(Scaling scaling, int windowRows, long instant) {
        return cut(scaling, windowRows, instant, Long.MAX_VALUE, true);
    }

    /**
     * TrainingWindows of one part.
     *
     * @param windows row-major {@code [count, windowRows × features]}
     * @param entity for each window the position of its entity in the list of histories
     * @param count how many
     */
    record Part(float[] windows, int[] entity, int count) {
        /** The same windows, shorter: of their newest rows only. */
        Part lastRows(int rows, int windowRows, int features) {
            if (rows == windowRows) {
                return this;
            }
            int width = windowRows * features;
            int shorter = rows * features;
            float[] ends = new float[count * shorter];
            for (int i = 0; i < count; i++) {
                System.arraycopy(windows, (i + 1) * width - shorter, ends, i * shorter, shorter);
            }
            return new Part(ends, entity, count);
        }
    }

    private static int rowsBefore(Run run, long end) {
        int count = 0;
        while (count < run.count() && run.times()[count] < end) {
            count++;
        }
        return count;
    }

    private Part cut(Scaling scaling, int windowRows, long partFrom, long partTo) {
        return cut(scaling, windowRows, partFrom, partTo, false);
    }

    private Part cut(Scaling scaling, int windowRows, long partFrom, long partTo, boolean whole) {
        int width = windowRows * features;
        long capacity = 0;
        for (EntityHistory history : histories) {
            for (Run run : history.runs()) {
                for (int i = windowRows - 1; i < run.count(); i++) {
                    if (run.times()[whole ? i - windowRows + 1 : i] >= partFrom && run.times()[i] < partTo) {
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
        StaleContext stale = new StaleContext(windowRows, interval);
        for (int e = 0; e < histories.size(); e++) {
            for (Run run : histories.get(e).runs()) {
                WindowBuffer buffer = new WindowBuffer(windowRows, 0, features);
                for (int i = 0; i < run.count(); i++) {
                    int position = buffer.add(run.times()[i], run.rows(), i * features);
                    if (buffer.windowEndsAt(position)
                            && (whole ? buffer.windowStart(position) : run.times()[i]) >= partFrom
                            && run.times()[i] < partTo) {
                        buffer.copyWindow(position, scaling, windows, count * width);
                        StaleContext.fill(windows, count * width, stale.count(buffer, position), features);
                        entity[count++] = e;
                    }
                }
            }
        }
        return new Part(windows, entity, count);
    }
}
