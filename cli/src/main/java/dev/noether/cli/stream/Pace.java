package dev.noether.cli.stream;

import java.util.concurrent.TimeUnit;

/**
 * Lets so many things happen in a second, evenly: what was held up is caught up with. A stop on purpose is not, see
 * {@link #restart}. Not thread-safe.
 */
public final class Pace {
    private static final long SHORTEST_SLEEP_NANOS = 1_000_000;

    private final double perSecond;
    private long start;
    private long count;

    /** @param perSecond above 0; infinite for no limit */
    public Pace(double perSecond) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("`rate` must be above 0 (got " + perSecond + ")");
        }
        this.perSecond = perSecond;
        this.start = System.nanoTime();
    }

    /** Waits until the next thing is due. */
    public void await() throws InterruptedException {
        long ahead = start + (long) (count / perSecond * 1e9) - System.nanoTime();
        if (ahead > SHORTEST_SLEEP_NANOS) {
            TimeUnit.NANOSECONDS.sleep(ahead);
        }
        count++;
    }

    /** Begins anew from now on. */
    public void restart() {
        start = System.nanoTime();
        count = 0;
    }
}
