package dev.noether.flink.scoring;

import dev.noether.flink.config.DuplicatePolicy;
import dev.noether.model.feature.WindowBuffer;
import org.apache.flink.metrics.Counter;

/**
 * Recognises and counts duplicates: a row is a duplicate if its entity's window holds a row of exactly the same event
 * time. With {@code entities.duplicates: repeat} a duplicate is judged in the place of that row and does not enter the
 * window. Not thread safe.
 */
final class DuplicateCheck {
    /** The position for a row that is to enter the window as a row of its own. */
    static final int NONE = -1;

    private final boolean isRepeat;
    private final Counter duplicates;
    private final Counter outOfOrder;

    DuplicateCheck(ScoringOptions options, ScoringMetrics metrics) {
        isRepeat = options.policies().duplicates() == DuplicatePolicy.REPEAT;
        duplicates = metrics.duplicates;
        outOfOrder = metrics.outOfOrder;
    }

    /**
     * Counts a row that is not newer than the newest of its entity, as a duplicate or as out of order.
     *
     * @return position in the window of the row with the same event time, or {@link #NONE}
     */
    int count(WindowBuffer window, long eventTime) {
        int position = window.positionOf(eventTime);
        if (position < 0) {
            outOfOrder.inc();
            return NONE;
        }
        duplicates.inc();
        return isRepeat ? position : NONE;
    }
}
