package dev.noether.model.calibration;

import java.util.List;
import java.util.Objects;

/**
 * What is usual for one entity: a running scale of its residuals in each view, one of its raw values, a memory of how
 * strange it was lately, and how many rows of its own stand behind all this.
 *
 * <p>An entity that training has seen starts with scales of its own. Another one borrows those of all entities together.
 * Of what it borrows the place is soon forgotten (its first row moves the means, and each following row teaches
 * {@code 1 / (20 + rows)} until that falls to the model's rate), and the width is held wider at first: a square counts
 * {@code 1 / (1 + }{@value #WIDENING}{@code / (1 + rows))} of its value. So it is neither silent, as a great break is seen
 * from the first row on, nor a storm, as what is merely different from other entities is not.
 *
 * <p>A baseline belongs to one model version: the residuals of another model are other numbers. In memory it takes
 * {@link #memoryBytes}: about 1,180 bytes with two views of 38 features. Not thread safe; learning allocates nothing.
 */
public final class EntityBaseline {
    /** How much wider than it is borrowed the variance is held before the first row. */
    public static final int WIDENING = 100;

    /** What is borrowed weighs as much as this many rows of the entity's own. */
    private static final int LEAST_ROWS = 20;

    /** Rows are counted no further: such a baseline is the entity's own through and through. */
    public static final int SETTLED = 1 << 20;

    private static final int OBJECT_BYTES = 32 + 16;

    private final RunningScale[] views;
    private final RunningScale raw;
    private int rows;
    private float memory;

    /**
     * Makes a baseline.
     *
     * @param views one for each view of the model
     * @param raw of the scaled raw values
     * @param rows rows of the entity's own behind it; 0: it is borrowed
     * @param memory the running mean of e<sup>ℓ</sup>, see {@link ScoreRule}, at least 1
     */
    public EntityBaseline(List<RunningScale> views, RunningScale raw, int rows, float memory) {
        if (views.isEmpty()) {
            throw new IllegalArgumentException("`views` must hold at least one scale (got none)");
        }
        for (RunningScale view : views) {
            if (view.features() != raw.features()) {
                throw new IllegalArgumentException("all scales must have as many features as `raw`, " + raw.features()
                        + " (got " + view.features() + ")");
            }
        }
        if (rows < 0) {
            throw new IllegalArgumentException("`rows` must be at least 0 (got " + rows + ")");
        }
        if (!(memory >= 1 && memory < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`memory` must be finite and at least 1 (got " + memory + ")");
        }
        this.views = views.toArray(new RunningScale[0]);
        this.raw = raw;
        this.rows = Math.min(rows, SETTLED);
        this.memory = memory;
    }

    /** About what a baseline takes in memory, in bytes. */
    public static long memoryBytes(int views, int features) {
        return OBJECT_BYTES + 4L * views + (views + 1) * RunningScale.memoryBytes(features);
    }

    /** Makes an independent copy. */
    public EntityBaseline copy() {
        RunningScale[] copies = new RunningScale[views.length];
        for (int v = 0; v < copies.length; v++) {
            copies[v] = views[v].copy();
        }
        return new EntityBaseline(List.of(copies), raw.copy(), rows, memory);
    }

    /** The number of features. */
    public int features() {
        return raw.features();
    }

    /** The number of views. */
    public int views() {
        return views.length;
    }

    /** The scale of the residuals in a view. */
    public RunningScale view(int view) {
        return views[view];
    }

    /** The scale of the scaled raw values. */
    public RunningScale raw() {
        return raw;
    }

    /** Rows of the entity's own behind the baseline. */
    public int rows() {
        return rows;
    }

    /** The running mean of e<sup>ℓ</sup>. */
    public float memory() {
        return memory;
    }

    /** What a sum of squares has to be divided by: 1 for a baseline of the entity's own, more as long as it is borrowed. */
    public double widening() {
        return rows >= SETTLED ? 1 : 1 + (double) WIDENING / (1 + rows);
    }

    /**
     * Learns the residuals of one view; to be followed by the other views, and by {@link #learnRow}.
     *
     * @param view which
     * @param residuals one for each feature, in the model's unit, finite
     * @param rate the model's
     * @param judged their sum of squares on this baseline
     */
    public void learnView(int view, float[] residuals, float rate, double judged) {
        if (rows == 0) {
            views[view].moveTo(residuals);
        } else {
            views[view].learn(residuals, rate(rate), judged);
        }
    }

    /**
     * Learns the raw values of a row, and counts it.
     *
     * @param scaled the values, scaled: none is beyond {@link dev.noether.model.feature.Scaling#LARGEST}
     * @param rate the model's
     */
    public void learnRow(float[] scaled, float rate) {
        learnRaw(scaled, rate);
        countRow();
    }

    /** The same for a row of which some features were filled in with the usual values. */
    public void learnRow(float[] scaled, float rate, boolean[] missing, int missingOffset) {
        learnRaw(scaled, rate);
        forget(raw, missing, missingOffset, rate);
        countRow();
    }

    private void learnRaw(float[] scaled, float rate) {
        if (rows == 0) {
            raw.moveTo(scaled);
        } else {
            raw.learn(scaled, rate(rate));
        }
    }

    private void countRow() {
        if (rows < SETTLED) {
            rows++;
        }
    }

    /**
     * Takes back what the last row taught a scale of features that it lacked: that they do not deviate. To be called between
     * the learning of that scale and {@link #learnRow}, or instead of a further view.
     *
     * @param scale one of this baseline's
     * @param missing whether each feature was, from {@code missingOffset} on
     * @param rate the model's
     */
    public void forget(RunningScale scale, boolean[] missing, int missingOffset, float rate) {
        if (rows > 0) {
            scale.forget(missing, missingOffset, rate(rate));
        }
    }

    private float rate(float settled) {
        return Math.max(settled, 1f / (LEAST_ROWS + rows));
    }

    /**
     * Moves the memory.
     *
     * @param strangeness e<sup>ℓ</sup> of the row, at least 1
     * @param rate the model's
     * @return the memory, which includes the row
     */
    public double remember(double strangeness, float rate) {
        double moved = memory + rate * (strangeness - memory);
        memory = (float) Math.max(1, Math.min(moved, Float.MAX_VALUE));
        return memory;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EntityBaseline that
                && List.of(views).equals(List.of(that.views))
                && raw.equals(that.raw)
                && rows == that.rows
                && memory == that.memory;
    }

    @Override
    public int hashCode() {
        return Objects.hash(List.of(views), raw, rows, memory);
    }
}
