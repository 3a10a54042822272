package dev.noether.model.shape;

import java.time.Duration;

/**
 * Which rows follow each other without a gap. One missing row only moves the signal by one row, as the learned shifts
 * do; more missing rows are a gap.
 */
public final class ShapeGaps {
    private static final double LONGEST_IN_INTERVALS = 2.5;

    private ShapeGaps() {}

    /**
     * The longest time from a row to the next one without a gap, in milliseconds.
     *
     * @param interval usual time from a row of an entity to its next
     */
    public static long longest(Duration interval) {
        return (long) Math.ceil(LONGEST_IN_INTERVALS * interval.toMillis());
    }
}
