package dev.noether.model.calibration;

import java.util.List;
import java.util.Objects;

/**
 * The usual residual statistics of one entity: a running scale of its residuals in each view, a running scale of its
 * raw values, its memory (running mean of recent scores), and the number of its own rows behind them.
 *
 * <p>An entity from the training history starts with its own scales. Any other entity starts with the common scales of
 * all entities and adapts them. Its first row replaces the means. Each following row has the weight {@code 1 / (20 +
 * rows)}, until that falls to the model's rate. The variances count as wider at first: a sum of squares is divided by
 * {@code 1 + }{@value #WIDENING}{@code / (1 + rows)}. So a large break raises an alarm from the first row on, and a
 * mere difference from other entities does not. The level of a feature that never moved in the training history has no
 * variance that could be widened, so the first row does not judge it ({@link #adoptConstants}).
 *
 * <p>A baseline belongs to one model version, because another model has other residuals. It takes {@link #memoryBytes}
 * of memory: about 1,180 bytes with two views of 38 features. Not thread safe; learning allocates nothing.
 */
public final class EntityBaseline {
    /** Factor, less one, by which common variances are widened before the first row of the entity. */
    public static final int WIDENING = 100;

    /** The common scales weigh as much as this many rows of the entity. */
    private static final int LEAST_ROWS = 20;

    /** Largest row count. A baseline with this many rows adapts at the model's rate and is not widened. */
    public static final int SETTLED = 1 << 20;

    private static final int OBJECT_BYTES = 32 + 16;

    private final RunningScale[] views;
    private final RunningScale raw;
    private int rows;
    private float memory;
    private float sustained;

    /**
     * Makes a baseline.
     *
     * @param views scales of the residuals, one for each view of the model
     * @param raw scale of the scaled raw values
     * @param rows number of rows of the entity behind the scales; 0: the scales are common ones
     * @param memory running mean of e<sup>ℓ</sup>, see {@link ScoreRule}, at least 1
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

    /** Approximate size of a baseline in memory, in bytes. */
    public static long memoryBytes(int views, int features) {
        return OBJECT_BYTES + 4L * views + (views + 1) * RunningScale.memoryBytes(features);
    }

    /** Makes an independent copy. */
    public EntityBaseline copy() {
        RunningScale[] copies = new RunningScale[views.length];
        for (int v = 0; v < copies.length; v++) {
            copies[v] = views[v].copy();
        }
        EntityBaseline copy = new EntityBaseline(List.of(copies), raw.copy(), rows, memory);
        copy.sustained = sustained;
        return copy;
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

    /** The number of rows of the entity behind the baseline; 0: the scales are common ones. */
    public int rows() {
        return rows;
    }

    /** The running mean of e<sup>ℓ</sup>. */
    public float memory() {
        return memory;
    }

    /**
     * How far the recent rows all lay beyond what is usual on the starting baseline; at least 0, and 0 for most rows.
     * See {@link dev.noether.model.alarm.SustainedExcess}.
     */
    public float sustained() {
        return sustained;
    }

    /**
     * Sets the sustained excess.
     *
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public void setSustained(float excess) {
        if (!(excess >= 0 && excess < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`excess` must be finite and at least 0 (got " + excess + ")");
        }
        sustained = excess;
    }

    /** Divisor for sums of squares: 1 for a settled baseline, more while the scales are mostly common ones. */
    public double widening() {
        return rows >= SETTLED ? 1 : 1 + (double) WIDENING / (1 + rows);
    }

    /**
     * Before the first row of an entity without a history is judged: takes its values as the means of the features that
     * no entity of the training history ever moved. Their level differs from entity to entity, such as a number of
     * cores, and one row cannot tell whether they move. Later rows change nothing.
     *
     * @param scale a scale of this baseline
     * @param values values of the features for this scale, missing ones filled in
     */
    public void adoptConstants(RunningScale scale, float[] values) {
        if (rows == 0) {
            scale.moveTo(values, raw);
        }
    }

    /**
     * Learns the residuals of one view. For each row, all views are learned first, then {@link #learnRow} is called.
     *
     * @param view index of the view
     * @param residuals residuals, one for each feature, in the model's unit, finite
     * @param rate the model's adaptation rate
     * @param squareSum sum of squares that {@link RunningScale#standardise} returned for the residuals
     */
    public void learnView(int view, float[] residuals, float rate, double squareSum) {
        if (rows == 0) {
            views[view].moveTo(residuals);
        } else {
            views[view].learn(residuals, rate(rate), squareSum);
        }
    }

    /**
     * Learns the raw values of a row, and counts the row.
     *
     * @param scaled scaled values, at most {@link dev.noether.model.feature.Scaling#LARGEST} in size
     * @param rate the model's rate for raw values
     */
    public void learnRow(float[] scaled, float rate) {
        learnRaw(scaled, rate);
        countRow();
    }

    /**
     * Learns the raw values of a row some of whose features were filled in with the means of {@link #raw}, and counts
     * the row.
     *
     * @param missing whether each feature was filled in, from {@code missingOffset} on
     */
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
     * Undoes the effect of filled-in values on the variances of a scale. Called after the row was learned by that scale
     * and before {@link #learnRow}.
     *
     * @param scale a scale of this baseline
     * @param missing whether each feature was filled in, from {@code missingOffset} on
     * @param rate the model's adaptation rate
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
     * Updates the memory.
     *
     * @param rowScore e<sup>ℓ</sup> of the row, at least 1
     * @param rate the model's memory rate
     * @return the memory including the row
     */
    public double remember(double rowScore, float rate) {
        double moved = memory + rate * (rowScore - memory);
        memory = (float) Math.max(1, Math.min(moved, Float.MAX_VALUE));
        return memory;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EntityBaseline that
                && List.of(views).equals(List.of(that.views))
                && raw.equals(that.raw)
                && rows == that.rows
                && memory == that.memory
                && sustained == that.sustained;
    }

    @Override
    public int hashCode() {
        return Objects.hash(List.of(views), raw, rows, memory, sustained);
    }
}
