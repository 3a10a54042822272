package dev.noether.model.method;

/**
 * Which steps of a training evaluate a penalty: the first of every so many ("lazy regularisation", Karras et al. 2020). The
 * evaluation then has so many times the weight, so that the mean gradient stays what it is. Not thread-safe.
 */
public final class PenaltySchedule {
    private final int interval;
    private int steps;
    private boolean due = true;
    private double value;

    public PenaltySchedule(int interval) {
        this.interval = interval;
    }

    /** Begins a step; says whether it evaluates the penalty. */
    public boolean begin() {
        due = steps == 0;
        steps = (steps + 1) % interval;
        return due;
    }

    /** Whether the present step evaluates the penalty; before any has begun, true. */
    boolean due() {
        return due;
    }

    /** Keeps what an evaluation gave. */
    public double keep(double value) {
        this.value = value;
        return value;
    }

    /** What the last evaluation gave, 0 before the first. */
    public double last() {
        return value;
    }
}
