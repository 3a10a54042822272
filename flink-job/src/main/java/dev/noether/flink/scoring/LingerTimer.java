package dev.noether.flink.scoring;

import java.io.IOException;
import java.time.Duration;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * The timer of the linger time: no row waits longer than that for other rows of its micro-batch.
 *
 * <p>At most one timer is registered. It is not cancelled if the micro-batch is scored earlier, because at full load
 * that happens hundreds of times in a linger time. Not thread safe; belongs to the task's thread.
 */
final class LingerTimer {
    private final ProcessingTimeService clock;
    private final long lingerMillis;
    private final PendingRows pending;
    private final Expiry expiry;
    private boolean isRegistered;
    private long registeredForBatch;

    /** The action at the end of the linger time: scores the pending rows. */
    @FunctionalInterface
    interface Expiry {
        void scorePending() throws IOException;
    }

    LingerTimer(ProcessingTimeService clock, Duration linger, PendingRows pending, Expiry expiry) {
        this.clock = clock;
        this.lingerMillis = linger.toMillis();
        this.pending = pending;
        this.expiry = expiry;
    }

    /** Starts the timer for the pending rows, unless one is already registered. */
    void start() {
        if (!isRegistered) {
            isRegistered = true;
            registeredForBatch = pending.batches();
            clock.registerTimer(clock.getCurrentProcessingTime() + lingerMillis, time -> expire());
        }
    }

    private void expire() throws IOException {
        isRegistered = false;
        if (pending.isEmpty()) {
            return;
        }
        if (registeredForBatch == pending.batches()) {
            expiry.scorePending();
        } else {
            // The micro-batch of this timer is already scored. The pending rows are younger, and get a timer of their
            // own.
            start();
        }
    }
}
