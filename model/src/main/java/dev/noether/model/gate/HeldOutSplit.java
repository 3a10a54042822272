package dev.noether.model.gate;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.training.EntityHistory;
import dev.noether.model.training.EntityHistory.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A history without its newest rows.
 *
 * @param before the rows before {@code from}
 * @param from event time from which rows are held out
 * @param rowsBefore number of rows before it
 * @param rowsFrom number of rows from it on
 */
record HeldOutSplit(List<EntityHistory> before, long from, int rowsBefore, int rowsFrom) {
    /**
     * Splits a history. If the champion was trained on some of the newest rows, only the others are held out, as long
     * as these are a part of 1 ÷ {@code unseenPart} or more.
     *
     * @param fraction share of the rows to hold out
     * @param champion the model in force; null if there is none
     */
    static HeldOutSplit of(
            List<EntityHistory> histories, double fraction, @Nullable ModelArtifact champion, int unseenPart) {
        long[] times = histories.stream()
                .flatMap(history -> history.runs().stream())
                .flatMapToLong(run -> Arrays.stream(run.times()))
                .sorted()
                .toArray();
        if (times.length == 0) {
            return new HeldOutSplit(histories, Long.MAX_VALUE, 0, 0);
        }
        long from = times[Math.min(times.length - 1, (int) (times.length * (1 - fraction)))];
        if (champion != null) {
            long seen = PromotionGate.endOfTraining(champion, from);
            int unseen = times.length - firstAtLeast(times, seen);
            if (seen > from && unseen >= times.length * fraction / unseenPart) {
                from = seen;
            }
        }
        int before = firstAtLeast(times, from);
        return new HeldOutSplit(cut(histories, from), from, before, times.length - before);
    }

    private static int firstAtLeast(long[] sorted, long time) {
        int index = 0;
        while (index < sorted.length && sorted[index] < time) {
            index++;
        }
        return index;
    }

    static List<EntityHistory> cut(List<EntityHistory> histories, long end) {
        List<EntityHistory> cut = new ArrayList<>();
        for (EntityHistory history : histories) {
            List<Run> runs = new ArrayList<>();
            for (Run run : history.runs()) {
                Run left = cut(run, end);
                if (left.count() > 0) {
                    runs.add(left);
                }
            }
            if (!runs.isEmpty()) {
                cut.add(new EntityHistory(history.entity(), runs));
            }
        }
        return cut;
    }

    /** Rows that came late are not in order of time, so each is looked at. */
    private static Run cut(Run run, long end) {
        int features = run.rows().length / run.count();
        long[] times = new long[run.count()];
        double[] rows = new double[run.rows().length];
        int count = 0;
        for (int i = 0; i < run.count(); i++) {
            if (run.times()[i] < end) {
                times[count] = run.times()[i];
                System.arraycopy(run.rows(), i * features, rows, count * features, features);
                count++;
            }
        }
        return count == run.count() ? run : new Run(Arrays.copyOf(times, count), Arrays.copyOf(rows, count * features));
    }
}
