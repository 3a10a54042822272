package dev.noether.lab.chaos.service;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;

/** Repeats a request to a broker that may be away: because it was killed a moment ago, or because the machine is busy. */
public final class Patiently {
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final long PAUSE_MILLIS = 500;

    private Patiently() {}

    /**
     * Returns the first answer.
     *
     * @param request request that may be repeated from its beginning
     * @throws TimeoutException if the broker did not answer for three minutes
     */
    public static <T> T ask(Supplier<T> request) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            try {
                return request.get();
            } catch (RetriableException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }
}
