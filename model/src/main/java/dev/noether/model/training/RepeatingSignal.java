package dev.noether.model.training;

import dev.noether.model.shape.ShapeGaps;
import dev.noether.model.shape.ShapeTrainer.Signal;
import dev.noether.model.shape.SignalRun;
import dev.noether.model.training.EntityHistory.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the signal of a history that the shape view may judge: its only feature with more than two distinct values. Its
 * rows must come at regular times.
 *
 * @param signal the signal; null if there is none
 * @param reason why there is none; empty if there is one
 */
public record RepeatingSignal(@Nullable Signal signal, String reason) {
    /** A feature with at most this many distinct values is a command or a state, and has no shape. */
    private static final int MOST_STATES = 2;

    /** At least this share of the rows must come about one interval after the row before. */
    private static final double REGULAR_SHARE = 0.9;

    private static final double REGULAR_TOLERANCE = 0.5;

    /**
     * Finds the signal of histories without missing values.
     *
     * @param features values in a row
     * @param interval usual time from a row of an entity to its next
     * @param origin origins of the features; null if all are 0. The signal is the difference to that of its feature
     */
    public static RepeatingSignal of(
            List<EntityHistory> histories, int features, Duration interval, double @Nullable [] origin) {
        List<Integer> continuous = IntStream.range(0, features)
                .filter(feature -> isContinuous(histories, features, feature))
                .boxed()
                .toList();
        if (continuous.size() != 1) {
            return new RepeatingSignal(
                    null,
                    (continuous.isEmpty() ? "no feature has" : continuous.size() + " features have") + " more than "
                            + MOST_STATES + " distinct values in training, and exactly one must");
        }
        int feature = continuous.get(0);
        if (!isRegular(histories, interval.toMillis())) {
            return new RepeatingSignal(
                    null,
                    "the rows of the entities do not come at regular times: fewer than 90 % come " + interval.toMillis()
                            + " ms (the median) after the row before, within half of it");
        }
        List<SignalRun> runs = new ArrayList<>();
        List<String> names = new ArrayList<>();
        double zero = origin == null ? 0 : origin[feature];
        for (int e = 0; e < histories.size(); e++) {
            names.add(histories.get(e).entity());
            int row = 0;
            for (Run run : histories.get(e).runs()) {
                addRuns(e, row, run, features, feature, ShapeGaps.longest(interval), zero, runs);
                row += run.count();
            }
        }
        return new RepeatingSignal(new Signal(feature, names, runs), "");
    }

    private static void addRuns(
            int entity,
            int firstRow,
            Run run,
            int features,
            int feature,
            long longest,
            double zero,
            List<SignalRun> runs) {
        float[] values = new float[run.count()];
        int count = 0;
        for (int i = 0; i < run.count(); i++) {
            if (i > 0 && run.times()[i] - run.times()[i - 1] > longest) {
                runs.add(new SignalRun(entity, firstRow + i - count, Arrays.copyOf(values, count)));
                count = 0;
            }
            values[count++] = (float) (run.rows()[i * features + feature] - zero);
        }
        if (count > 0) {
            runs.add(new SignalRun(entity, firstRow + run.count() - count, Arrays.copyOf(values, count)));
        }
    }

    private static boolean isRegular(List<EntityHistory> histories, long interval) {
        long regular = 0;
        long all = 0;
        for (EntityHistory history : histories) {
            for (Run run : history.runs()) {
                for (int i = 1; i < run.count(); i++) {
                    long gap = run.times()[i] - run.times()[i - 1];
                    regular += Math.abs(gap - interval) <= REGULAR_TOLERANCE * interval ? 1 : 0;
                    all++;
                }
            }
        }
        return regular >= REGULAR_SHARE * all;
    }

    private static boolean isContinuous(List<EntityHistory> histories, int features, int feature) {
        double[] seen = new double[MOST_STATES];
        int distinct = 0;
        for (EntityHistory history : histories) {
            for (Run run : history.runs()) {
                for (int index = feature; index < run.rows().length; index += features) {
                    if (!isAmong(run.rows()[index], seen, distinct)) {
                        if (distinct == MOST_STATES) {
                            return true;
                        }
                        seen[distinct++] = run.rows()[index];
                    }
                }
            }
        }
        return false;
    }

    private static boolean isAmong(double value, double[] seen, int count) {
        for (int i = 0; i < count; i++) {
            if (seen[i] == value) {
                return true;
            }
        }
        return false;
    }
}
