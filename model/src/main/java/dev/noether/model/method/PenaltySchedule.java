package dev.noether.model.method;

/**
 * Decides which steps of a training evaluate a penalty: the first of every {@code interval} steps ("lazy
 * regularisation", Karras et al. 2020). The weight of an evaluation is multiplied by the interval, so that the mean
 * gradient does not depend on it. Not thread-safe.
 */
public final class PenaltySchedule {
    private final int interval;
    private int steps;
    private boolean isDue = true;
    private double value;

    /**
     * A schedule before its first step.
     *
     * @param interval number of steps per evaluation, at least 1
     */
    public PenaltySchedule(int interval) {
        this.interval = interval;
    }

    /** Begins a step; returns whether it evaluates the penalty. */
    public boolean begin() {
        isDue = steps == 0;
        steps = (steps + 1) % interval;
        return isDue;
    }

    /** Whether the current step evaluates the penalty; true before the first step. */
    boolean isDue() {
        return isDue;
    }

    /** Stores the value of an evaluation, and returns it. */
    public double keep(double value) {
        this.value = value;
        return value;
    }

    /** The value of the last evaluation; 0 before the first one. */
    public double last() {
        return value;
    }
}
