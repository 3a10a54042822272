package dev.noether.flink.scoring;

import java.time.Duration;
import java.util.Collection;

/**
 * How long the start of the job waits for the model store: 10 s for a store that cannot be read, 1 s if it answers that
 * files do not exist. Not thread safe.
 */
final class InitialPatience {
    private static final Duration STORE_AWAY = Duration.ofSeconds(10);
    private static final Duration FILES_MISSING = Duration.ofSeconds(1);
    private static final long PAUSE_MILLIS = 200;

    private final long start = System.nanoTime();

    /** Returns the time that is left for an attempt. */
    Duration left() {
        Duration left = STORE_AWAY.minus(elapsed());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Pauses before the next attempts, which may then begin; returns false at once if the time is over. */
    boolean waits(Collection<PendingRelease> pending) throws InterruptedException {
        boolean isMissing = pending.stream().allMatch(PendingRelease::isMissing);
        if (elapsed().compareTo(isMissing ? FILES_MISSING : STORE_AWAY) >= 0) {
            return false;
        }
        Thread.sleep(PAUSE_MILLIS);
        pending.forEach(PendingRelease::endPause);
        return true;
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
