package dev.noether.model.scoring;

import dev.noether.model.alarm.AlarmView;
import dev.noether.model.feature.Scaling;
import dev.noether.model.shape.ShapeMismatch;
import dev.noether.model.shape.ShapeModel;
import dev.noether.model.shape.ShapeState;
import org.jspecify.annotations.Nullable;

/**
 * The result for one row: scores, verdict, and the contributions of the features. Read-only outside this package. The
 * {@link WindowScorer} that returned it overwrites it with the next row that it judges or adds.
 *
 * <p>Not thread safe.
 */
public final class Judgement {
    /** Half the width of the usual range of a feature, in standard deviations. */
    private static final double RANGE_DEVIATIONS = 3;

    private final Scaling scaling;
    private final JudgedRow row;
    private final Contributions contributions;
    private double score;
    private double alarmScore;
    private double memory;
    private final double[] viewValues = new double[AlarmView.values().length];
    private double pValue;
    private double threshold;
    private boolean isAnomalous;
    private @Nullable ShapeState shape;
    private @Nullable ShapeModel shapeModel;

    /**
     * Makes a result.
     *
     * @param scaling scaling of the model
     * @param row work arrays of the scorer
     */
    Judgement(Scaling scaling, JudgedRow row) {
        this.scaling = scaling;
        this.row = row;
        this.contributions = new Contributions(row);
    }

    /** Sets the scores of a new row, without a verdict. */
    void setScores(double newScore, double newAlarmScore, double newMemory) {
        score = newScore;
        alarmScore = newAlarmScore;
        memory = newMemory;
        shape = null;
        contributions.reset();
        setVerdict(Double.NaN, Double.POSITIVE_INFINITY, false);
    }

    /** Many small residuals raised the alarm score: they are the contributions of the features. */
    void explainByResiduals() {
        contributions.useResiduals();
    }

    /** Replaces the scores by those of the shape view. */
    void setShape(double newScore, double newAlarmScore, ShapeState state, ShapeModel model) {
        score = newScore;
        alarmScore = newAlarmScore;
        shape = state;
        shapeModel = model;
    }

    void setVerdict(double newPValue, double newThreshold, boolean newAnomalous) {
        pValue = newPValue;
        threshold = newThreshold;
        isAnomalous = newAnomalous;
    }

    /**
     * The anomaly score, at least 0; higher is more anomalous. For ranking and reports. It includes recent rows of the
     * entity; see {@link dev.noether.model.calibration.ScoreRule}.
     */
    public double score() {
        return score;
    }

    /**
     * The alarm score, at least 0: the current row alone, on the adaptive scale of its entity, raised by the other
     * {@link AlarmView}s. The verdict depends on it.
     */
    public double alarmScore() {
        return alarmScore;
    }

    /** The memory of the entity including this row: the logarithm of the running mean of recent scores, at least 0. */
    public double memory() {
        return memory;
    }

    /** The value of a view that can raise the alarm score; NaN if the row has none. */
    public double view(AlarmView view) {
        return viewValues[view.ordinal()];
    }

    /** Copies the squared standardised residuals of the reconstruction, one for each feature. */
    public void copyDeviations(float[] squares) {
        System.arraycopy(row.reconstructionSquares, 0, squares, 0, squares.length);
    }

    /** The values of all views, by their ordinals. Not a copy. */
    double[] viewValues() {
        return viewValues;
    }

    /** Share of the entity's normal rows whose alarm score is at least as high, in (0, 1]; NaN without a verdict. */
    public double pValue() {
        return pValue;
    }

    /** A row is anomalous if its alarm score is above this; infinite without a verdict. */
    public double threshold() {
        return threshold;
    }

    /** The verdict of {@link dev.noether.model.alarm.AlarmThreshold}; false without a verdict. */
    public boolean isAnomalous() {
        return isAnomalous;
    }

    /**
     * A feature's share in the deviation of the row, in [0, 1]. The shares sum to 1; they are equal if no feature
     * deviates.
     *
     * <p>The share is a feature's part of two sums of squares: residuals of all views, and raw values of all rows of
     * the context on the slow scale. Residuals alone would spread a break over features that predict each other. The
     * newest row alone would name the feature that deviates most now, not the one that broke first. If the number of
     * deviating features raised the alarm score ({@link AlarmView#FEATURES}), the share is a feature's part of the
     * squared residuals of the reconstruction alone: a feature that follows the others has large raw values too.
     */
    public float share(int feature) {
        return contributions.share(feature);
    }

    /**
     * A feature's deviation from the entity's mean, in standard deviations; negative below the mean. From the expected
     * value, if the number of deviating features raised the alarm score.
     */
    public float deviation(int feature) {
        return contributions.deviation(feature);
    }

    /** The judged value of a feature, in its own unit. */
    public float observed(int feature) {
        return (float) (scaling.originOf(feature) + row.observed[feature]);
    }

    /** The value that the model expected, in the feature's own unit; the mean over the views. */
    public float expected(int feature) {
        return withAmount(feature, scaling.toRaw(feature, row.expectedScaled[feature]));
    }

    /** Lower end of the entity's usual range of a feature, in its own unit: three deviations below the mean. */
    public float usualLow(int feature) {
        return rangeEnd(feature, -RANGE_DEVIATIONS);
    }

    /** Upper end of the entity's usual range of a feature, in its own unit: three deviations above the mean. */
    public float usualHigh(int feature) {
        return rangeEnd(feature, RANGE_DEVIATIONS);
    }

    private float rangeEnd(int feature, double deviations) {
        double end = scaling.toRaw(
                feature, (float) (row.raw.mean(feature) + deviations * Math.sqrt(row.raw.variance(feature))));
        return withAmount(feature, end);
    }

    /** Adds what a schedule expects at this time. */
    private float withAmount(int feature, double value) {
        return (float) (row.hasAmounts ? value + row.amount(feature) : value);
    }

    /** The results of the shape view; null if the row was judged without it. */
    public @Nullable ShapeState shape() {
        return shape;
    }

    /**
     * How the shape of the signal differs from normal ones; null if it does not, or if the row was judged without the
     * shape view. Allocates the result: to be called for rows that are reported, and before the next row is judged.
     */
    public @Nullable ShapeMismatch shapeMismatch() {
        ShapeState state = shape;
        ShapeModel model = shapeModel;
        return state == null || model == null ? null : model.mismatch(state);
    }

    /** Whether any feature was filled in. */
    public boolean lacksFeatures() {
        return row.lacksFeatures;
    }

    /** Whether a feature was filled in; its share is 0 unless no feature deviates. */
    public boolean isMissing(int feature) {
        return row.isMissing(feature);
    }

    /** The number of features. */
    public int features() {
        return row.features();
    }
}
