package dev.noether.model.scoring;

import dev.noether.model.calibration.RunningScale;

/**
 * Work arrays for one row: its values, its expected values, and its deviations. {@link WindowScorer} overwrites them
 * with each row; {@link Contributions} and {@link Judgement} only read them. Not thread safe.
 */
final class JudgedRow {
    /** Values less the origin of the scaling, {@code [features]}. */
    final float[] observed;

    /** Scaled values, without what a schedule takes off. */
    final float[] observedScaled;

    /** What a schedule takes off the raw values; only valid if {@link #hasAmounts}. */
    final float[] amounts;

    /** Whether a schedule takes something off the row or its context. */
    boolean hasAmounts;

    /** Scaled values that the model expects: the mean over the views. */
    final float[] expectedScaled;

    /** Squared standardised residuals of the reconstruction. */
    final float[] reconstructionSquares;

    /** Squared standardised residuals, summed over the views. */
    final float[] viewSquares;

    /** The baseline of the scaled values before the row was learned. */
    final RunningScale raw;

    /** Whether each feature was filled in; only valid if {@link #lacksFeatures}. */
    final boolean[] missing;

    /** Whether any feature was filled in. */
    boolean lacksFeatures;

    /** Scaled rows before the judged row, for all rows of the batch. */
    final float[] context;

    /** Number of rows before the judged row. */
    final int contextRows;

    /** Position in {@link #context} of the first value of those rows. */
    int contextFrom;

    /**
     * Makes work arrays.
     *
     * @param context array that holds the rows before each row of a batch; not copied
     * @param contextRows number of those rows, at least 0
     */
    JudgedRow(int features, float[] context, int contextRows) {
        observed = new float[features];
        observedScaled = new float[features];
        amounts = new float[features];
        expectedScaled = new float[features];
        reconstructionSquares = new float[features];
        viewSquares = new float[features];
        raw = new RunningScale(new float[features], new float[features]);
        missing = new boolean[features];
        this.context = context;
        this.contextRows = contextRows;
    }

    int features() {
        return observed.length;
    }

    /** What a schedule expects of a feature at the time of the row, in the feature's own unit; nearly always 0. */
    float amount(int feature) {
        return hasAmounts ? amounts[feature] : 0;
    }

    boolean isMissing(int feature) {
        return lacksFeatures && missing[feature];
    }
}
