package dev.noether.lab.peers;

/**
 * The standardised norm with a mean and a variance that follow the stream: z² = (x − m)² / (v + 10⁻⁴) per standardised
 * feature, then m ← m + δd and v ← (1 − δ)(v + δd²) with d = x − m. Each row is scored first, then updates both. Both
 * start at the values of the training rows.
 *
 * @param rate δ, in (0, 1)
 */
public record AdaptiveNorm(double rate) implements PeerDetector {
    private static final double LEAST_VARIANCE = 1e-4;

    /**
     * Checks the rate.
     *
     * @throws IllegalArgumentException if the rate is not in (0, 1)
     */
    public AdaptiveNorm {
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException("`rate` must be in (0, 1) (got " + rate + ")");
        }
    }

    @Override
    public float[] score(Observations train, Observations test) {
        Standardization standardization = Standardization.fit(train, test);
        int width = test.width();
        double[] mean = new double[width];
        double[] variance = variance(standardization.apply(train), width);
        float[] rows = standardization.apply(test);
        float[] scores = new float[test.length()];
        for (int i = 0; i < scores.length; i++) {
            double sum = 0;
            for (int j = 0; j < width; j++) {
                double difference = rows[i * width + j] - mean[j];
                double square = difference * difference;
                sum += square / (variance[j] + LEAST_VARIANCE);
                mean[j] += rate * difference;
                variance[j] = (1 - rate) * (variance[j] + rate * square);
            }
            scores[i] = (float) (sum / width);
        }
        return scores;
    }

    /** Returns the variance about a mean of 0: 1 for features that vary, 0 for constant ones. */
    private static double[] variance(float[] standardized, int width) {
        double[] variance = new double[width];
        int length = standardized.length / width;
        for (int i = 0; i < standardized.length; i++) {
            variance[i % width] += (double) standardized[i] * standardized[i] / length;
        }
        return variance;
    }
}
