package dev.noether.flink.scoring;

import dev.noether.flink.config.LatePolicy;
import dev.noether.model.feature.WindowBuffer;
import org.apache.flink.metrics.Counter;

/**
 * Recognises and counts late rows: a row is late if it is older than the newest row of its entity by more than
 * {@code entities.disorder}. A late row never enters the window of its entity. Not thread safe.
 */
final class LateRowCheck {
    private final long disorderMillis;
    private final boolean isScored;
    private final Counter late;

    LateRowCheck(ScoringOptions options, ScoringMetrics metrics) {
        disorderMillis = options.policies().disorder().toMillis();
        isScored = options.policies().late() == LatePolicy.SCORE;
        late = metrics.late;
    }

    /** Returns whether a row of this event time would be late. */
    boolean isLate(WindowBuffer window, long eventTime) {
        return eventTime < window.newestTime() - disorderMillis;
    }

    /** Counts a late row, and notes it in the window, which recognises clocks that were set back. */
    void count(WindowBuffer window, long eventTime) {
        late.inc();
        window.rejectLate(eventTime);
    }

    /** Returns whether late rows get a score, {@code entities.latePolicy: score}. */
    boolean isScored() {
        return isScored;
    }
}
