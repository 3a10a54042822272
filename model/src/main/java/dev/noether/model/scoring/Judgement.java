package dev.noether.model.scoring;

import dev.noether.model.feature.Scaling;

/**
 * What the scorer found for one window; filled anew for each, so that judging allocates nothing.
 *
 * <p>Not thread safe.
 */
public final class Judgement {
    final float[] adaptiveSquares;
    final float[] startingSquares;
    final float[] observed;
    final float[] expectedScaled;
    Scaling scaling;
    double adaptiveTotal;
    double startingTotal;
    double score;
    double pValue;
    double threshold;

    /** Makes an empty judgement for so many features. */
    public Judgement(int features) {
        adaptiveSquares = new float[features];
        startingSquares = new float[features];
        observed = new float[features];
        expectedScaled = new float[features];
        scaling = new Scaling(new float[0], new float[0]);
    }

    /**
     * The anomaly score, at least 0, higher is stranger: the mean of ln(1 + sum of the squared standardised residuals) on the
     * adaptive and on the starting scale.
     */
    public double score() {
        return score;
    }

    /** Share of held-out normal windows at least this strange, in (0, 1]. */
    public double pValue() {
        return pValue;
    }

    /** The score above which a window is anomalous. */
    public double threshold() {
        return threshold;
    }

    /** Whether the score is above the threshold. */
    public boolean anomalous() {
        return score > threshold;
    }

    /** A feature's part of the score, in [0, 1]; the parts sum to 1. Equal parts where nothing deviates at all. */
    public float share(int feature) {
        return (share(adaptiveSquares, adaptiveTotal, feature) + share(startingSquares, startingTotal, feature)) / 2;
    }

    /** The judged value of a feature, in its own unit. */
    public float observed(int feature) {
        return observed[feature];
    }

    /** The value that the model expected, in the feature's own unit. */
    public float expected(int feature) {
        return scaling.toRaw(feature, expectedScaled[feature]);
    }

    /** The number of features. */
    public int features() {
        return observed.length;
    }

    private static float share(float[] squares, double total, int feature) {
        return total > 0 ? (float) (squares[feature] / total) : 1f / squares.length;
    }
}
