package dev.noether.flink.scoring;

import java.io.IOException;
import java.time.Duration;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * Sees to it that no row waits longer for the others of its micro-batch than the linger time. One timer at a time: it is not
 * taken back where a batch is scored before, as at full speed hundreds are. Not thread safe; belongs to the task's thread.
 */
final class LingerTimer {
    private final ProcessingTimeService clock;
    private final long lingerMillis;
    private final PendingRows pending;
    private final Batch batch;
    private boolean isArmed;
    private long armedFor;

    /** Scores what is pending. */
    @FunctionalInterface
    interface Batch {
        void score() throws IOException;
    }

    LingerTimer(ProcessingTimeService clock, Duration linger, PendingRows pending, Batch batch) {
        this.clock = clock;
        this.lingerMillis = linger.toMillis();
        this.pending = pending;
        this.batch = batch;
    }

    /** Tells that a row waits. */
    void rowWaits() {
        if (!isArmed) {
            isArmed = true;
            armedFor = pending.batches();
            clock.registerTimer(clock.getCurrentProcessingTime() + lingerMillis, time -> ends());
        }
    }

    private void ends() throws IOException {
        isArmed = false;
        if (pending.isEmpty()) {
            return;
        }
        if (armedFor == pending.batches()) {
            batch.score();
        } else {
            // The batch that armed the timer has long been scored; the rows at hand are younger and may wait their
            // time.
            rowWaits();
        }
    }
}
