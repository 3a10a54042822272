package dev.noether.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Bounded waiting in tests. */
public final class Patience {
    /** The longest waiting time: much longer than any test needs. */
    public static final Duration LONG = Duration.ofSeconds(60);

    private static final long PAUSE_MILLIS = 50;

    private Patience() {}

    /**
     * Waits until a condition holds.
     *
     * @param expected description of the condition, for the message "waited 60 s for …"
     * @param condition condition, checked again and again
     * @param found supplier of the actual state, for the message
     * @throws AssertionError if the condition does not hold within {@link #LONG}
     */
    public static void await(String expected, Callable<Boolean> condition, Supplier<Object> found) throws Exception {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(
                        "waited " + LONG.toSeconds() + " s for " + expected + "; there is " + found.get());
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
