package dev.noether.cli.stream;

import java.util.concurrent.TimeUnit;

/**
 * Limits a loop to a fixed rate. After a delay it catches up with the schedule; {@link #restart} begins a new schedule.
 * Not thread-safe.
 */
public final class RateLimiter {
    private static final long SHORTEST_SLEEP_NANOS = 1_000_000;

    private final double perSecond;
    private long start;
    private long count;

    /**
     * Makes a limiter whose schedule begins now.
     *
     * @param perSecond permits per second, above 0; infinite for no limit
     */
    public RateLimiter(double perSecond) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("`rate` must be above 0 (got " + perSecond + ")");
        }
        this.perSecond = perSecond;
        this.start = System.nanoTime();
    }

    /** Waits until the next permit is due. */
    public void await() throws InterruptedException {
        long ahead = start + (long) (count / perSecond * 1e9) - System.nanoTime();
        if (ahead > SHORTEST_SLEEP_NANOS) {
            TimeUnit.NANOSECONDS.sleep(ahead);
        }
        count++;
    }

    /** Begins a new schedule now, so that the time before it is not caught up with. */
    public void restart() {
        start = System.nanoTime();
        count = 0;
    }
}
