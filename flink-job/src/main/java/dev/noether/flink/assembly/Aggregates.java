package dev.noether.flink.assembly;

import dev.noether.flink.mapping.MetricAggregate;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The aggregates of the values of each feature in one interval. They do not depend on the order of the values: of two
 * values of one time the larger one counts as the last, and sums have twice the digits of a double. Not thread safe;
 * allocates nothing after its creation.
 */
final class Aggregates {
    /** {@code [features]}, the last value, the sum, or the extreme. */
    private final double[] values;
    /** {@code [features]}, what the sum has lost by rounding. */
    private final double[] rests;
    /** {@code [features]}, time of the last value. */
    private final long[] times;
    /** {@code [features]}, number of values. */
    private final int[] counts;

    Aggregates(int features) {
        this(new double[features], new double[features], new long[features], new int[features]);
    }

    private Aggregates(double[] values, double[] rests, long[] times, int[] counts) {
        this.values = values;
        this.rests = rests;
        this.times = times;
        this.counts = counts;
    }

    int features() {
        return values.length;
    }

    Aggregates copy() {
        return new Aggregates(values.clone(), rests.clone(), times.clone(), counts.clone());
    }

    void clear() {
        Arrays.fill(counts, 0);
    }

    /** Adds a value of a feature, finite. */
    void add(int feature, MetricAggregate aggregate, long time, double value) {
        if (counts[feature]++ == 0) {
            values[feature] = value;
            rests[feature] = 0;
            times[feature] = time;
            return;
        }
        switch (aggregate) {
            case LAST -> addLast(feature, time, value);
            case MEAN, SUM -> addToSum(feature, value);
            case MAX -> values[feature] = Math.max(values[feature], value);
            case MIN -> values[feature] = Math.min(values[feature], value);
            case COUNT -> {}
        }
    }

    private void addLast(int feature, long time, double value) {
        if (time > times[feature]) {
            times[feature] = time;
            values[feature] = value;
        } else if (time == times[feature]) {
            values[feature] = Math.max(values[feature], value);
        }
    }

    /** Knuth's exact sum of two doubles. */
    private void addToSum(int feature, double value) {
        double before = values[feature];
        double sum = before + value;
        double part = sum - before;
        rests[feature] += (before - (sum - part)) + (value - part);
        values[feature] = sum;
    }

    /** Number of values of a feature. */
    int count(int feature) {
        return counts[feature];
    }

    /** The aggregate of a feature; NaN if it has no values, or 0 if their number is asked for. */
    double result(int feature, MetricAggregate aggregate) {
        int count = counts[feature];
        if (aggregate == MetricAggregate.COUNT) {
            return count;
        }
        if (count == 0) {
            return Double.NaN;
        }
        double value = values[feature] + rests[feature];
        return aggregate == MetricAggregate.MEAN ? value / count : value;
    }

    void write(DataOutputView target) throws IOException {
        for (int i = 0; i < counts.length; i++) {
            target.writeInt(counts[i]);
            if (counts[i] > 0) {
                target.writeDouble(values[i]);
                target.writeDouble(rests[i]);
                target.writeLong(times[i]);
            }
        }
    }

    void read(DataInputView source) throws IOException {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = source.readInt();
            if (counts[i] > 0) {
                values[i] = source.readDouble();
                rests[i] = source.readDouble();
                times[i] = source.readLong();
            }
        }
    }
}
