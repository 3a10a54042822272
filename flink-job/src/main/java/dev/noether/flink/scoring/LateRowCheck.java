package dev.noether.flink.scoring;

import dev.noether.flink.clock.EventTimeLimits;
import dev.noether.flink.clock.JobClock;
import dev.noether.flink.config.LatePolicy;
import dev.noether.model.feature.WindowBuffer;
import org.apache.flink.metrics.Counter;

/**
 * Recognises and counts late rows: a row is late if it is older than the newest row of its entity by more than
 * {@code entities.disorder}. A late row never enters the window of its entity.
 *
 * <p>If it is the newest row that has the wrong time, the window is set back, and the row is not late. That is so if the
 * newest time is impossible by now, or if a run of late rows shows it ({@link WindowBuffer#isSetBack}). Not thread safe.
 */
final class LateRowCheck {
    private final EventTimeLimits times;
    private final long disorderMillis;
    private final boolean isScored;
    private final Counter late;
    private final Counter clockResets;

    LateRowCheck(ScoringOptions options, ScoringMetrics metrics) {
        times = options.policies().times();
        disorderMillis = options.policies().disorder().toMillis();
        isScored = options.policies().late() == LatePolicy.SCORE;
        late = metrics.late;
        clockResets = metrics.clockResets;
    }

    /** Returns whether a row is late, and counts it. If the window was set back, it is not late. */
    boolean isLate(WindowBuffer window, long eventTime) {
        if (window.size() == 0 || eventTime >= window.newestTime() - disorderMillis) {
            return false;
        }
        window.rejectLate(eventTime);
        if (window.isSetBack() || isImpossible(window.newestTime(), eventTime)) {
            window.setBackTo(eventTime);
            clockResets.inc();
            return false;
        }
        late.inc();
        return true;
    }

    /** The limit is that of the present clock, so a time that was accepted by a wrong one, or restored, is found. */
    private boolean isImpossible(long newest, long eventTime) {
        long latest = times.latestAt(JobClock.SYSTEM.millis());
        return newest > latest && eventTime <= latest;
    }

    /** Returns whether late rows get a score, {@code entities.latePolicy: score}. */
    boolean isScored() {
        return isScored;
    }
}
