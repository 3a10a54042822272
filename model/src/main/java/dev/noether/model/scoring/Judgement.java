package dev.noether.model.scoring;

/**
 * What the scorer found for one window; filled anew for each, so that judging allocates nothing.
 *
 * <p>Not thread safe.
 */
public final class Judgement {
    final float[] squares;
    final float[] observed;
    final float[] expected;
    double total;
    double score;
    double pValue;
    double threshold;

    /** Makes an empty judgement for so many features. */
    public Judgement(int features) {
        squares = new float[features];
        observed = new float[features];
        expected = new float[features];
    }

    /** The anomaly score: ln(1 + sum of the squared standardised residuals); at least 0, higher is stranger. */
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
        return total > 0 ? (float) (squares[feature] / total) : 1f / squares.length;
    }

    /** The judged value of a feature, in its own unit. */
    public float observed(int feature) {
        return observed[feature];
    }

    /** The value that the model expected, in the feature's own unit. */
    public float expected(int feature) {
        return expected[feature];
    }

    /** The number of features. */
    public int features() {
        return squares.length;
    }
}
