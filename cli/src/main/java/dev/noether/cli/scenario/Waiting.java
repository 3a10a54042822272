package dev.noether.cli.scenario;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what running processes do. */
final class Waiting {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(250);

    private Waiting() {}

    /**
     * Waits until a condition holds.
     *
     * @param what what is waited for, for the message of a failure
     * @throws IllegalStateException if it does not hold after five minutes
     */
    static void until(String what, BooleanSupplier condition) throws InterruptedException {
        until(what, POLL, condition);
    }

    /** Waits until a condition holds that is looked at at an interval. */
    static void until(String what, Duration interval, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("waited " + LIMIT.toSeconds() + " s for " + what);
            }
            Thread.sleep(interval.toMillis());
        }
    }
}
