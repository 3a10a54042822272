package dev.noether.lab.peers;

import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineChoice;
import dev.noether.model.numeric.PrincipalComponents;

/**
 * Principal component analysis of windows of standardised rows with all components, each divided by its deviation on
 * the training windows: the score is the mean over the components of y² / (λ + 10⁻⁶), where y is the window's
 * coordinate and λ its variance. It is the classifier of Shyu et al. ("A Novel Anomaly Detection Scheme Based on
 * Principal Component Classifier", 2003) on windows, in other words the squared Mahalanobis distance. The benchmark
 * TSB-AD calls this method Sub-PCA; its code adds the distances to the components as points, here each is the
 * coordinate along the component. The components are those of all training windows, or of evenly spaced ones if all
 * would take more than 128 MiB.
 *
 * @param window number of rows of a window, at least 1; the window ends at the scored row
 */
public record PrincipalComponentDistance(int window) implements PeerDetector {
    private static final double LEAST_VARIANCE = 1e-6;
    /** Values of the training windows that are copied at a time: 128 MiB. */
    private static final long MOST_VALUES = 1L << 25;

    private static final int BLOCK = 1024;

    /**
     * Checks the window.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public PrincipalComponentDistance {
        if (window < 1) {
            throw new IllegalArgumentException("`window` must be at least 1 (got " + window + ")");
        }
    }

    @Override
    public float[] score(Observations train, Observations test) {
        StandardizedWindows windows = StandardizedWindows.of(train, test, window);
        StackedRows training = windows.training();
        int size = training.size();
        float[] copies = training.copiesOfEvery(1 + (int) ((long) training.count() * size / MOST_VALUES));
        PrincipalComponents fitted = PrincipalComponents.fit(copies, copies.length / size, size, size);
        try (Engine engine = EngineChoice.AUTO.open()) {
            return distances(engine, fitted, windows.test());
        }
    }

    private static float[] distances(Engine engine, PrincipalComponents fitted, StackedRows windows) {
        int size = windows.size();
        float[] whitening = whitening(fitted);
        double[] mean = fitted.mean();
        float[] centred = new float[BLOCK * size];
        float[] coordinates = new float[BLOCK * size];
        float[] scores = new float[windows.count()];
        for (int start = 0; start < scores.length; start += BLOCK) {
            int count = Math.min(BLOCK, scores.length - start);
            centre(windows, start, count, mean, centred);
            engine.multiply(false, true, count, size, size, 1, centred, whitening, 0, coordinates);
            for (int i = 0; i < count; i++) {
                scores[start + i] = (float) (squaredNorm(coordinates, i * size, size) / size);
            }
        }
        return scores;
    }

    private static void centre(StackedRows windows, int start, int count, double[] mean, float[] centred) {
        for (int i = 0; i < count; i++) {
            int offset = windows.offset(start + i);
            for (int j = 0; j < mean.length; j++) {
                centred[i * mean.length + j] = (float) (windows.rows()[offset + j] - mean[j]);
            }
        }
    }

    private static double squaredNorm(float[] values, int start, int size) {
        double squares = 0;
        for (int j = start; j < start + size; j++) {
            squares += (double) values[j] * values[j];
        }
        return squares;
    }

    /** Returns the components, {@code [size × size]}, each divided by its deviation. */
    private static float[] whitening(PrincipalComponents fitted) {
        int size = fitted.width();
        double[] variances = fitted.variances();
        float[] whitening = new float[size * size];
        for (int k = 0; k < size; k++) {
            double deviation = Math.sqrt(Math.max(0, variances[k]) + LEAST_VARIANCE);
            double[] component = fitted.component(k);
            for (int j = 0; j < size; j++) {
                whitening[k * size + j] = (float) (component[j] / deviation);
            }
        }
        return whitening;
    }
}
