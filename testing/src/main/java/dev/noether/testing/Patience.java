package dev.noether.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Bounded waiting in tests. */
public final class Patience {
    /** Far more than a healthy machine takes. */
    public static final Duration LONG = Duration.ofSeconds(60);

    private static final long PAUSE_MILLIS = 50;

    private Patience() {}

    /**
     * Waits until a condition holds.
     *
     * @param expected what is waited for, as in "waited 60 s for …"
     * @param found what there is instead, asked when time is up
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
