package dev.noether.flink.check;

import java.util.HashSet;
import java.util.Set;

/** The values of one feature in a sample of observations. Not thread safe. */
final class FeatureSample {
    /** Distinct values are counted up to this number. */
    static final int MAX_DISTINCT = 100;

    private final Set<Float> distinct = new HashSet<>();
    private long count;
    private float lowest = Float.POSITIVE_INFINITY;
    private float highest = Float.NEGATIVE_INFINITY;

    /** Adds a value; NaN is a missing value and is ignored. */
    void add(float value) {
        if (Float.isNaN(value)) {
            return;
        }
        count++;
        lowest = Math.min(lowest, value);
        highest = Math.max(highest, value);
        if (distinct.size() < MAX_DISTINCT) {
            distinct.add(value);
        }
    }

    /** Returns the number of observations with a value. */
    long count() {
        return count;
    }

    /** Returns whether there are at least two values and all are equal. */
    boolean isConstant() {
        return count > 1 && distinct.size() == 1;
    }

    float lowest() {
        return lowest;
    }

    float highest() {
        return highest;
    }
}
