package dev.noether.lab.reproduce.run;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The progress of all trainings and an estimate of the remaining time, from the estimated cost of each training. Runs
 * that are stored on disk take no time and do not count for the speed. Thread-safe.
 */
public final class WorkProgress {
    private static final double LEAST_SHARE = 0.01;

    private final LongSupplier nanoTime;
    private final long start;
    private double total;
    private double completedCost;
    private double storedCost;
    private int trainings;
    private int finished;
    private int storedCount;

    public WorkProgress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** Adds planned trainings of the same cost. */
    synchronized void expect(int count, double cost) {
        trainings += count;
        total += count * cost;
    }

    /** Adds the cost of a finished part of a training. */
    synchronized void advance(double cost) {
        completedCost += cost;
    }

    /** Counts a finished training. */
    synchronized void finish() {
        finished++;
    }

    /** Counts a training that is stored on disk. */
    synchronized void addStored(double cost) {
        storedCost += cost;
        finished++;
        storedCount++;
    }

    /** Number of trainings that were stored on disk. */
    public synchronized int storedCount() {
        return storedCount;
    }

    /** Such as {@code [######....]  62 %   120 of 340 trainings (5 from earlier starts)   3 min left}. */
    public synchronized String line() {
        double share = total > 0 ? Math.min(1, (completedCost + storedCost) / total) : 1;
        int marks = (int) Math.round(20 * share);
        return "[%s%s] %3.0f %%   %,d of %,d trainings%s   %s"
                .formatted(
                        "#".repeat(marks),
                        ".".repeat(20 - marks),
                        100 * share,
                        finished,
                        trainings,
                        storedCount > 0 ? " (" + storedCount + " from earlier starts)" : "",
                        remainingTime());
    }

    private String remainingTime() {
        double elapsed = nanoTime.getAsLong() - start;
        double ahead = Math.max(0, total - storedCost - completedCost);
        // The first trainings, among them principal components, do not predict the cost of the others.
        if (!(completedCost > LEAST_SHARE * (total - storedCost))) {
            return "";
        }
        return "about " + durationText(Duration.ofNanos((long) (elapsed / completedCost * ahead))) + " left";
    }

    static String durationText(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 90) {
            return seconds + " s";
        }
        return seconds < 90 * 60 ? Math.round(seconds / 60.0) + " min" : "%.1f h".formatted(seconds / 3600.0);
    }
}
