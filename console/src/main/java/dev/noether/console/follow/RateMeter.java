package dev.noether.console.follow;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Counts scores and anomalous ones by the second, for the last minute, and notes when the last came. Thread safe. */
public final class RateMeter {
    private static final int SECONDS = 61;
    private static final int SHORT = 10;
    private static final int LONG = 60;
    private static final long NANOS = 1_000_000_000L;

    private final LongSupplier clock;
    private final long start;
    private final long[] seconds = new long[SECONDS];
    private final long[] scores = new long[SECONDS];
    private final long[] anomalous = new long[SECONDS];

    private @Nullable Long last;

    /** Makes a meter with {@link System#nanoTime}. */
    public RateMeter() {
        this(System::nanoTime);
    }

    RateMeter(LongSupplier clock) {
        this.clock = clock;
        this.start = clock.getAsLong();
    }

    /** Counts scores that were read now. */
    synchronized void add(long count, long anomalousCount) {
        long second = second();
        int slot = (int) (second % SECONDS);
        if (seconds[slot] != second) {
            seconds[slot] = second;
            scores[slot] = 0;
            anomalous[slot] = 0;
        }
        scores[slot] += count;
        anomalous[slot] += anomalousCount;
        last = System.currentTimeMillis();
    }

    /** Returns when the last scores were read, milliseconds since 1970 UTC; null if none were since the start. */
    public synchronized @Nullable Long lastArrival() {
        return last;
    }

    /** Returns scores per second, the mean of the last ten whole seconds. */
    public synchronized double scoresPerSecond() {
        return sum(scores, SHORT) / (double) Math.max(1, Math.min(SHORT, second()));
    }

    /** Returns anomalous scores of the last minute. */
    public synchronized long anomalousPerMinute() {
        return sum(anomalous, LONG);
    }

    private long sum(long[] counts, int length) {
        long now = second();
        long sum = 0;
        for (int i = 0; i < SECONDS; i++) {
            boolean isRecent = seconds[i] < now && seconds[i] >= now - length;
            sum += isRecent ? counts[i] : 0;
        }
        return sum;
    }

    private long second() {
        return 1 + (clock.getAsLong() - start) / NANOS;
    }
}
