package dev.noether.flink.source.otlp;

import java.util.Arrays;

/** The numbers of one data point. It is filled anew for each one. Not thread safe. */
public final class OtlpPoint {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private long timeNanos;
    private boolean isDelta;
    private boolean isMonotonic;
    private double value;
    private boolean hasValue;
    private long count;
    private boolean hasCount;
    private double sum;
    private double min;
    private double max;

    /** Counts by bucket, and the upper bounds of all buckets but the last. */
    private long[] buckets = new long[16];

    private int bucketCount;
    private double[] bounds = new double[16];
    private int boundCount;
    /** Pairs of a quantile and its value. */
    private double[] quantiles = new double[16];

    private int quantileCount;

    void clear() {
        timeNanos = 0;
        hasValue = false;
        hasCount = false;
        sum = Double.NaN;
        min = Double.NaN;
        max = Double.NaN;
        bucketCount = 0;
        boundCount = 0;
        quantileCount = 0;
    }

    void setNature(boolean isOfDelta, boolean isOfMonotonic) {
        isDelta = isOfDelta;
        isMonotonic = isOfMonotonic;
    }

    void setTime(long nanos) {
        timeNanos = nanos;
    }

    void setValue(double number) {
        value = number;
        hasValue = true;
    }

    void setCount(long number) {
        count = number;
        hasCount = true;
    }

    void setSum(double number) {
        sum = number;
    }

    void setMin(double number) {
        min = number;
    }

    void setMax(double number) {
        max = number;
    }

    void addBucket(long number) {
        if (bucketCount == buckets.length) {
            buckets = Arrays.copyOf(buckets, 2 * bucketCount);
        }
        buckets[bucketCount++] = number;
    }

    void addBound(double bound) {
        if (boundCount == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * boundCount);
        }
        bounds[boundCount++] = bound;
    }

    void addQuantile(double quantile, double number) {
        if (2 * quantileCount == quantiles.length) {
            quantiles = Arrays.copyOf(quantiles, 4 * quantileCount);
        }
        quantiles[2 * quantileCount] = quantile;
        quantiles[2 * quantileCount + 1] = number;
        quantileCount++;
    }

    /** Whether the point says its time. */
    public boolean hasTime() {
        return timeNanos != 0;
    }

    /** Returns the time, milliseconds since 1970 UTC, rounded down. */
    public long timeMillis() {
        return Long.divideUnsigned(timeNanos, NANOS_PER_MILLI);
    }

    /** Whether sums and counts are the change since the point before. */
    public boolean isDelta() {
        return isDelta;
    }

    /** Whether sums and counts never fall, except after a restart. */
    public boolean isMonotonic() {
        return isMonotonic;
    }

    /** Whether the point has a number. */
    public boolean has(OtlpPart part) {
        return switch (part.kind()) {
            case VALUE -> hasValue;
            case COUNT -> hasCount;
            default -> !Double.isNaN(number(part));
        };
    }

    /** Returns a number of the point; NaN if it has none. */
    public double number(OtlpPart part) {
        return switch (part.kind()) {
            case VALUE -> hasValue ? value : Double.NaN;
            case COUNT -> hasCount ? unsigned(count) : Double.NaN;
            case SUM -> sum;
            case MIN -> min;
            case MAX -> max;
            case QUANTILE -> quantileCount > 0 ? reported(part.quantile()) : estimated(part.quantile());
        };
    }

    /** Returns the quantile that a summary reports. */
    private double reported(double quantile) {
        for (int i = 0; i < quantileCount; i++) {
            if (Math.abs(quantiles[2 * i] - quantile) < 1e-9) {
                return quantiles[2 * i + 1];
            }
        }
        return Double.NaN;
    }

    /**
     * Returns the quantile of a histogram, linear within its bucket, as Prometheus computes it. The lowest bucket begins
     * at the smallest measurement, if it is known, or at 0; the highest ends at the largest, or at its lower bound.
     */
    private double estimated(double quantile) {
        if (boundCount == 0 || bucketCount != boundCount + 1) {
            return Double.NaN;
        }
        double all = 0;
        for (int i = 0; i < bucketCount; i++) {
            all += unsigned(buckets[i]);
        }
        if (!(all > 0)) {
            return Double.NaN;
        }
        double rank = quantile * all;
        double below = 0;
        int bucket = 0;
        while (bucket < boundCount && below + unsigned(buckets[bucket]) < rank) {
            below += unsigned(buckets[bucket++]);
        }
        double from = bucket > 0 ? bounds[bucket - 1] : lowest();
        double to = bucket < boundCount ? bounds[bucket] : Double.isNaN(max) ? from : Math.max(from, max);
        double inside = unsigned(buckets[bucket]);
        return inside > 0 ? from + (to - from) * (rank - below) / inside : from;
    }

    private double lowest() {
        return Double.isNaN(min) ? Math.min(0, bounds[0]) : Math.min(min, bounds[0]);
    }

    private static double unsigned(long number) {
        return number >= 0 ? number : 2.0 * (number >>> 1);
    }
}
