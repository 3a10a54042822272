package dev.noether.model.training;

import dev.noether.model.feature.OriginEstimator;
import dev.noether.model.feature.Scaling;
import dev.noether.model.training.EntityHistory.Run;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A history split by event time into three parts: training, validation, calibration. The boundaries are the same for
 * all entities. A window belongs to the part of its newest row, so no judged row of a later part was used for training.
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
    private final double @Nullable [] origin;
    private final WindowCutter cutter;

    /**
     * Splits histories.
     *
     * @param features values in a row
     * @throws HistoryTooShortException if there are fewer rows than {@link HistoryOptions#minRows}
     */
    HistorySplit(List<EntityHistory> histories, int features, HistoryOptions options) {
        this.histories = histories;
        this.features = features;
        this.interval = RowInterval.median(histories);
        this.origin = origin(histories, features);
        this.cutter = new WindowCutter(histories, features, interval, origin);
        times = histories.stream()
                .flatMap(history -> history.runs().stream())
                .flatMapToLong(run -> Arrays.stream(run.times()))
                .sorted()
                .toArray();
        int rows = times.length;
        if (rows < options.minRows()) {
            throw new HistoryTooShortException(rows, options.minRows());
        }
        from = times[0];
        to = times[rows - 1] + 1;
        double trainingFraction = 1 - options.validationFraction() - options.calibrationFraction();
        validationFrom = times[(int) (rows * trainingFraction)];
        calibrationFrom = times[Math.min(rows - 1, (int) (rows * (1 - options.calibrationFraction())))];
    }

    private static double @Nullable [] origin(List<EntityHistory> histories, int features) {
        OriginEstimator estimator = new OriginEstimator(features);
        for (EntityHistory history : histories) {
            for (Run run : history.runs()) {
                for (int i = 0; i < run.rows().length; i++) {
                    estimator.add(i % features, run.rows()[i]);
                }
            }
        }
        return estimator.origins();
    }

    /** The origins of the features, {@code [features]}; null if all are 0. */
    double @Nullable [] origin() {
        return origin;
    }

    /** Event time of the first row. */
    long from() {
        return from;
    }

    /** Event time of the last row plus one millisecond. */
    long to() {
        return to;
    }

    /** Event time at which the calibration part begins. */
    long calibrationFrom() {
        return calibrationFrom;
    }

    /** The median time from a row of an entity to its next. */
    Duration interval() {
        return interval;
    }

    /**
     * Event time at which part {@code part} begins if the rows of all entities are divided into {@code of} equal parts.
     */
    long instant(int part, int of) {
        return times[(int) ((long) times.length * part / of)];
    }

    /** All rows less the origins, row-major. */
    float[] allRows() {
        return rowsBefore(Long.MAX_VALUE);
    }

    /**
     * The rows of the training part less the origins, row-major.
     *
     * @throws HistoryPartEmptyException if there are none, because all rows have the same event time
     */
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
            throw new HistoryPartEmptyException("the training part of the history has no row");
        }
        float[] values = new float[count * features];
        int at = 0;
        for (EntityHistory history : histories) {
            for (Run run : history.runs()) {
                int length = rowsBefore(run, end) * features;
                for (int i = 0; i < length; i++) {
                    values[at++] = (float) (run.rows()[i] - (origin == null ? 0 : origin[i % features]));
                }
            }
        }
        return values;
    }

    private static int rowsBefore(Run run, long end) {
        int count = 0;
        while (count < run.count() && run.times()[count] < end) {
            count++;
        }
        return count;
    }

    /** The scaled windows of the training part. */
    WindowSet training(Scaling scaling, int windowRows) {
        return cutter.cut(scaling, windowRows, Long.MIN_VALUE, validationFrom);
    }

    /** The scaled windows of the validation part. */
    WindowSet validation(Scaling scaling, int windowRows) {
        return cutter.cut(scaling, windowRows, validationFrom, calibrationFrom);
    }

    /** The scaled windows of the training and the validation part. */
    WindowSet beforeCalibration(Scaling scaling, int windowRows) {
        return cutter.cut(scaling, windowRows, Long.MIN_VALUE, calibrationFrom);
    }

    /** The scaled windows of the whole history. */
    WindowSet all(Scaling scaling, int windowRows) {
        return cutter.cut(scaling, windowRows, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** The scaled windows whose newest row lies in {@code [partFrom, partTo)}. */
    WindowSet between(Scaling scaling, int windowRows, long partFrom, long partTo) {
        return cutter.cut(scaling, windowRows, partFrom, partTo);
    }

    /** The scaled windows without a row before an event time. */
    WindowSet whollyAfter(Scaling scaling, int windowRows, long instant) {
        return cutter.cutWhollyAfter(scaling, windowRows, instant);
    }
}
