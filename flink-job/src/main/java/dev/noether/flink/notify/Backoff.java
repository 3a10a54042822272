package dev.noether.flink.notify;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pauses between attempts: each is twice the one before, up to a limit, and shortened by chance to a half at most,
 * so that several notifiers do not try at the same moments. Not thread safe.
 */
final class Backoff {
    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private int failures;

    /**
     * Makes the pauses of one receiver.
     *
     * @param first pause after the first failure
     * @param longest longest pause
     */
    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /** Returns the next pause, milliseconds. */
    long nextMillis() {
        double full = Math.min(longest.toMillis(), first.toMillis() * Math.pow(2, failures));
        failures++;
        return Math.max(1, Math.round(full * random.nextDouble(0.5, 1)));
    }

    /** Begins again with the first pause. */
    void reset() {
        failures = 0;
    }
}
