package dev.noether.lab.peers;

/**
 * The scaling of each feature to mean 0 and deviation 1 over the training rows. A feature that is constant there is
 * only centred, as by scikit-learn's {@code StandardScaler}.
 */
final class Standardization {
    private static final double LEAST_DEVIATION = 1e-6;
    private static final double DEVIATION_OF_CONSTANTS = 1;

    private final double[] mean;
    private final double[] deviation;

    private Standardization(double[] mean, double[] deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

    /** Fits the scaling to the training rows, and checks that the test rows have the same width. */
    static Standardization fit(Observations train, Observations test) {
        int width = train.width();
        if (test.width() != width) {
            throw new IllegalArgumentException(
                    "`train` and `test` must be of the same width (got " + width + " and " + test.width() + ")");
        }
        double[] mean = new double[width];
        double[] deviation = new double[width];
        for (int j = 0; j < width; j++) {
            double sum = 0;
            for (int i = 0; i < train.length(); i++) {
                sum += train.value(i, j);
            }
            mean[j] = sum / train.length();
            double squares = 0;
            for (int i = 0; i < train.length(); i++) {
                double difference = train.value(i, j) - mean[j];
                squares += difference * difference;
            }
            double fitted = Math.sqrt(squares / train.length());
            deviation[j] = fitted < LEAST_DEVIATION ? DEVIATION_OF_CONSTANTS : fitted;
        }
        return new Standardization(mean, deviation);
    }

    /** Returns standardised rows, {@code [length × width]}. */
    float[] apply(Observations observations) {
        int width = mean.length;
        float[] rows = new float[observations.length() * width];
        for (int i = 0; i < observations.length(); i++) {
            for (int j = 0; j < width; j++) {
                rows[i * width + j] = (float) ((observations.value(i, j) - mean[j]) / deviation[j]);
            }
        }
        return rows;
    }
}
