package dev.noether.model.training;

import dev.noether.model.training.EntityHistory.Run;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The usual time from a row of an entity to its next. */
final class RowInterval {
    /** Used if no entity has two consecutive rows. */
    private static final long UNKNOWN_MILLIS = 60_000;

    private RowInterval() {}

    /** The median over all entities together, at least one millisecond. */
    static Duration median(List<EntityHistory> histories) {
        long[] gaps = new long[histories.stream().mapToInt(EntityHistory::count).sum()];
        int count = 0;
        for (EntityHistory history : histories) {
            for (Run run : history.runs()) {
                for (int i = 1; i < run.count(); i++) {
                    gaps[count++] = run.times()[i] - run.times()[i - 1];
                }
            }
        }
        Arrays.sort(gaps, 0, count);
        return Duration.ofMillis(count == 0 ? UNKNOWN_MILLIS : Math.max(1, gaps[count / 2]));
    }
}
