package dev.noether.model.scoring;

/**
 * The share of each feature in the deviation of a row. Computed at the first request for a row, because few rows are
 * anomalous. Not thread safe; allocates nothing after construction.
 */
final class Contributions {
    /**
     * Added to variances of raw values, which are 1 over the training rows: ignores changes below a hundredth of that.
     */
    private static final float RAW_FLOOR = 1e-4f;

    private final JudgedRow row;
    private final float[] filled;
    private final float[] rawSquares;
    private final double[] weights;
    private double totalWeight;
    private boolean hasRawSquares;
    private boolean hasWeights;
    private boolean isByResiduals;

    Contributions(JudgedRow row) {
        this.row = row;
        filled = new float[row.features()];
        rawSquares = new float[row.features()];
        weights = new double[row.features()];
    }

    /** Discards the results of the previous row. */
    void reset() {
        hasRawSquares = false;
        hasWeights = false;
        isByResiduals = false;
    }

    /** Explains the row by the residuals of its reconstruction alone. */
    void useResiduals() {
        isByResiduals = true;
    }

    /** A feature's share, in [0, 1]; the shares sum to 1, and are equal if no feature deviates. */
    float share(int feature) {
        if (!hasWeights) {
            computeRawSquares();
            computeWeights();
            hasWeights = true;
        }
        return totalWeight > 0 ? (float) (weights[feature] / totalWeight) : 1f / row.features();
    }

    /** A feature's deviation from the entity's mean, in standard deviations; negative below the mean. */
    float deviation(int feature) {
        if (isByResiduals) {
            float size = row.isMissing(feature) ? 0 : (float) Math.sqrt(row.reconstructionSquares[feature]);
            return row.observedScaled[feature] < row.expectedScaled[feature] ? -size : size;
        }
        computeRawSquares();
        float size = (float) Math.sqrt(rawSquares[feature]);
        return row.observedScaled[feature] < row.raw.mean(feature) ? -size : size;
    }

    private void computeRawSquares() {
        if (hasRawSquares) {
            return;
        }
        System.arraycopy(row.observedScaled, 0, filled, 0, filled.length);
        if (row.lacksFeatures) {
            row.raw.fillIn(row.missing, 0, filled);
        }
        row.raw.standardise(filled, RAW_FLOOR, rawSquares);
        hasRawSquares = true;
    }

    /** The squares of a feature in the views, in the row and in its context. */
    private double squaresOf(int feature) {
        double sum = (double) row.viewSquares[feature] + rawSquares[feature];
        for (int i = 0; i < row.contextRows; i++) {
            double deviation =
                    (double) row.context[row.contextFrom + i * row.features() + feature] - row.raw.mean(feature);
            sum += deviation * deviation / (row.raw.variance(feature) + RAW_FLOOR);
        }
        return sum;
    }

    private void computeWeights() {
        int features = row.features();
        totalWeight = 0;
        for (int j = 0; j < features; j++) {
            double weight = 0;
            if (!row.isMissing(j)) {
                weight = isByResiduals ? row.reconstructionSquares[j] : squaresOf(j);
            }
            weights[j] = weight;
            totalWeight += weight;
        }
    }
}
