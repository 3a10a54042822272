package dev.noether.lab.reproduce;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How much of the work is done and how long the rest will take, from an estimate of what each training costs. Work that was kept from
 * an earlier start takes no time and says nothing about the speed. Thread-safe.
 */
final class WorkMeter {
    private static final double LEAST_SHARE = 0.01;

    private final LongSupplier nanoTime;
    private final long start;
    private double total;
    private double done;
    private double kept;
    private int trainings;
    private int finished;
    private int found;

    WorkMeter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** Some trainings of a cost each are ahead. */
    synchronized void expect(int count, double cost) {
        trainings += count;
        total += count * cost;
    }

    /** A part of a training is done. */
    synchronized void advance(double cost) {
        done += cost;
    }

    /** A training is over. */
    synchronized void finish() {
        finished++;
    }

    /** A training was found on disk. */
    synchronized void keep(double cost) {
        kept += cost;
        finished++;
        found++;
    }

    /** How many were found on disk. */
    synchronized int found() {
        return found;
    }

    /** Such as {@code [######....]  62 %   120 of 340 trainings (5 kept)   3 min left}. */
    synchronized String line() {
        double share = total > 0 ? Math.min(1, (done + kept) / total) : 1;
        int marks = (int) Math.round(20 * share);
        return "[%s%s] %3.0f %%   %,d of %,d trainings%s   %s"
                .formatted(
                        "#".repeat(marks),
                        ".".repeat(20 - marks),
                        100 * share,
                        finished,
                        trainings,
                        found > 0 ? " (" + found + " kept from before)" : "",
                        left());
    }

    private String left() {
        double elapsed = nanoTime.getAsLong() - start;
        double ahead = Math.max(0, total - kept - done);
        // The first trainings alone, among them principal components, say little about the others.
        if (!(done > LEAST_SHARE * (total - kept))) {
            return "";
        }
        return "about " + words(Duration.ofNanos((long) (elapsed / done * ahead))) + " left";
    }

    static String words(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 90) {
            return seconds + " s";
        }
        return seconds < 90 * 60 ? Math.round(seconds / 60.0) + " min" : "%.1f h".formatted(seconds / 3600.0);
    }
}
