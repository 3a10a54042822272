package dev.noether.model.scoring;

import dev.noether.model.calibration.RunningScale;
import dev.noether.model.feature.Scaling;

/**
 * What the scorer found for one row; filled anew for each, so that judging allocates nothing.
 *
 * <p>What only the contributions need of the raw values is computed when the first of them is asked for: few rows are
 * anomalous.
 *
 * <p>Not thread safe.
 */
public final class Judgement {
    /** A value is usual within this many running deviations of the running mean. */
    private static final double USUAL_DEVIATIONS = 3;

    /** Of the raw values, whose deviation over the training rows is 1: changes below a hundredth of it are no causes. */
    private static final float RAW_FLOOR = 1e-4f;

    final float[] viewSquares;
    final float[] scratch;
    final float[] observed;
    final float[] observedScaled;
    final float[] expectedScaled;
    /** What was usual of the scaled raw values before the row. */
    final RunningScale raw;

    final boolean[] missing;
    boolean lacksFeatures;
    /** Holds the scaled rows before the judged one; belongs to the scorer, which overwrites it with its next batch. */
    float[] earlier = {};

    int earlierFrom;
    int earlierRows;
    private final float[] rawSquares;
    private final double[] weights;
    private Scaling scaling;
    private double totalWeight;
    private boolean isRawJudged;
    private boolean isWeighed;
    double score;
    double alarmScore;
    double memory;
    double pValue;
    double threshold;

    /** Makes an empty judgement for so many features. */
    public Judgement(int features) {
        viewSquares = new float[features];
        rawSquares = new float[features];
        scratch = new float[features];
        observed = new float[features];
        observedScaled = new float[features];
        expectedScaled = new float[features];
        raw = new RunningScale(new float[features], new float[features]);
        missing = new boolean[features];
        weights = new double[features];
        scaling = new Scaling(new float[0], new float[0]);
    }

    /** Begins with the next row. */
    void begin(Scaling ofModel) {
        // Not where it is the same: G1 makes of each reference that is stored in an old object a wait for all stores
        // before.
        if (scaling != ofModel) {
            scaling = ofModel;
        }
        isRawJudged = false;
        isWeighed = false;
    }

    private void judgeRaw() {
        if (isRawJudged) {
            return;
        }
        System.arraycopy(observedScaled, 0, scratch, 0, scratch.length);
        if (lacksFeatures) {
            raw.fillIn(missing, 0, scratch);
        }
        raw.standardise(scratch, RAW_FLOOR, rawSquares);
        isRawJudged = true;
    }

    /**
     * The anomaly score, at least 0, higher is stranger: what to rank and report by. The recent past of the entity counts in
     * it; see {@link dev.noether.model.calibration.ScoreRule}.
     */
    public double score() {
        return score;
    }

    /** What raises alarms, at least 0, higher is stranger: the current row alone, on the adaptive scale of its entity. */
    public double alarmScore() {
        return alarmScore;
    }

    /** How strange the entity was lately, the row included: the logarithm of a running mean, at least 0. */
    public double memory() {
        return memory;
    }

    /** Share of the entity's normal rows whose alarm score is at least as high, in (0, 1]; NaN where nobody asked. */
    public double pValue() {
        return pValue;
    }

    /** The alarm score above which a row is anomalous. */
    public double threshold() {
        return threshold;
    }

    /** Whether the alarm score is above the threshold. */
    public boolean anomalous() {
        return alarmScore > threshold;
    }

    /**
     * A feature's part in the strangeness, in [0, 1]; the parts sum to 1. Equal parts where nothing deviates at all. It is
     * the feature's part of the squares in all views and of those of the raw values of all rows in the context, on the slow
     * scale: the views alone smear a break over the features that they explain by one another, and the newest row alone
     * names what is loudest now and not what broke.
     *
     * <p>To be asked before the scorer begins with its next batch.
     */
    public float share(int feature) {
        if (!isWeighed) {
            judgeRaw();
            weigh();
            isWeighed = true;
        }
        return totalWeight > 0 ? (float) (weights[feature] / totalWeight) : 1f / observed.length;
    }

    private void weigh() {
        int features = observed.length;
        totalWeight = 0;
        for (int j = 0; j < features; j++) {
            double weight = 0;
            if (!isMissing(j)) {
                weight = (double) viewSquares[j] + rawSquares[j];
                for (int i = 0; i < earlierRows; i++) {
                    double deviation = (double) earlier[earlierFrom + i * features + j] - raw.mean(j);
                    weight += deviation * deviation / (raw.variance(j) + RAW_FLOOR);
                }
            }
            weights[j] = weight;
            totalWeight += weight;
        }
    }

    /** How many deviations the value lies above (or, negative, below) what is usual for the entity. */
    public float deviation(int feature) {
        judgeRaw();
        float size = (float) Math.sqrt(rawSquares[feature]);
        return observedScaled[feature] < raw.mean(feature) ? -size : size;
    }

    /** The judged value of a feature, in its own unit. */
    public float observed(int feature) {
        return observed[feature];
    }

    /** The value that the model expected, in the feature's own unit; the mean of the views where there are two. */
    public float expected(int feature) {
        return scaling.toRaw(feature, expectedScaled[feature]);
    }

    /** The lower end of the entity's usual range of the feature, in its own unit: three deviations below the mean. */
    public float usualLow(int feature) {
        return usual(feature, -USUAL_DEVIATIONS);
    }

    /** The upper end of the entity's usual range of the feature, in its own unit: three deviations above the mean. */
    public float usualHigh(int feature) {
        return usual(feature, USUAL_DEVIATIONS);
    }

    private float usual(int feature, double deviations) {
        return scaling.toRaw(feature, (float) (raw.mean(feature) + deviations * Math.sqrt(raw.variance(feature))));
    }

    /** Whether some of the features were filled in. */
    public boolean lacksFeatures() {
        return lacksFeatures;
    }

    /** Whether a feature was filled in; such a one has no part in the strangeness, as long as anything deviates at all. */
    public boolean isMissing(int feature) {
        return lacksFeatures && missing[feature];
    }

    /** The number of features. */
    public int features() {
        return observed.length;
    }
}
