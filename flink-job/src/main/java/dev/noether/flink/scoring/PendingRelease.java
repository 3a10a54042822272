package dev.noether.flink.scoring;

import dev.noether.flink.release.ReleaseDecision;
import dev.noether.flink.release.ReleaseLoader;
import dev.noether.schemas.ModelRelease;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A release whose artifact is not read yet: its attempts, and the pauses between them, which grow from 1 to 60 s. Times
 * are processing time. Not thread safe.
 */
final class PendingRelease {
    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;
    private static final int DOUBLINGS = 6;

    private ModelRelease release;
    private final long since;
    private int failures;
    private long nextAttempt;
    private boolean isMissing;
    private String reason = "the store does not answer";
    private @Nullable Future<ReleaseDecision> attempt;

    /**
     * A release without an attempt.
     *
     * @param release the release
     * @param now processing time, milliseconds
     */
    PendingRelease(ModelRelease release, long now) {
        this.release = release;
        this.since = now;
        this.nextAttempt = now;
    }

    ModelRelease release() {
        return release;
    }

    /** Replaces the release by another one of the same artifact; a running attempt goes on. */
    void reschedule(ModelRelease other) {
        release = other;
    }

    /** Processing time since which the release waits. */
    long since() {
        return since;
    }

    /** The reason why it waits, in words. */
    String reason() {
        return reason;
    }

    /** Whether the store answered that there is no such file. */
    boolean isMissing() {
        return isMissing;
    }

    /** Whether an attempt is running, or its result is not yet looked at. */
    boolean isRunning() {
        return attempt != null;
    }

    /** Starts an attempt if none is running and the pause is over. */
    void tryAgain(ReleaseLoader loader, long now) {
        if (attempt == null && now >= nextAttempt) {
            attempt = loader.start(release);
        }
    }

    /** Waits for the result of the running attempt; null if there is none in time. */
    @Nullable
    ReleaseDecision decision(Duration wait) throws InterruptedException {
        Future<ReleaseDecision> running = attempt;
        if (running == null) {
            return null;
        }
        try {
            ReleaseDecision decision = running.get(wait.toMillis(), TimeUnit.MILLISECONDS);
            attempt = null;
            return decision;
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            attempt = null;
            return new ReleaseDecision.Unreadable("the attempt to read it failed: " + e.getCause(), false);
        }
    }

    /** Notes a failed attempt; returns whether its reason is new. */
    boolean failed(ReleaseDecision.Unreadable failure, long now) {
        boolean isNew = failures == 0 || !reason.equals(failure.reason());
        nextAttempt = now + Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, DOUBLINGS));
        failures++;
        reason = failure.reason();
        isMissing = failure.isMissing();
        return isNew;
    }

    /** Lets the next attempt begin without a pause. */
    void endPause() {
        nextAttempt = Long.MIN_VALUE;
    }

    /** Ends the running attempt. */
    void cancel() {
        if (attempt != null) {
            attempt.cancel(true);
        }
    }
}
