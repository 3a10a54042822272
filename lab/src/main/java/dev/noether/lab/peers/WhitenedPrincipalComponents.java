package dev.noether.lab.peers;

import dev.noether.model.numeric.PrincipalComponents;

/**
 * Principal component analysis of windows of standardised rows with a whitened residual. The square error of each value
 * is divided by its mean square error on the training windows plus 10⁻⁴. The score is the mean over the window. So
 * values with a small reconstruction error weigh as much as values with a large one.
 *
 * @param window number of rows of a window, at least 1; the window ends at the scored row
 * @param share share of the training variance that the leading components explain, in (0, 1)
 */
public record WhitenedPrincipalComponents(int window, double share) implements PeerDetector {
    private static final double LEAST_VARIANCE = 1e-4;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public WhitenedPrincipalComponents {
        if (window < 1) {
            throw new IllegalArgumentException("`window` must be at least 1 (got " + window + ")");
        }
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("`share` must be in (0, 1) (got " + share + ")");
        }
    }

    @Override
    public float[] score(Observations train, Observations test) {
        StandardizedWindows both = StandardizedWindows.of(train, test, window);
        StackedRows training = both.training();
        int size = training.size();
        PrincipalComponents fitted = PrincipalComponents.fit(training.copies(), training.count(), size, size);
        int componentCount = componentCount(fitted.variances());
        double[] weights = weights(fitted, componentCount);
        double[][] components = new double[componentCount][];
        for (int k = 0; k < componentCount; k++) {
            components[k] = fitted.component(k);
        }
        double[] mean = fitted.mean();
        StackedRows windows = both.test();
        double[] residual = new double[size];
        float[] scores = new float[test.length()];
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < size; j++) {
                residual[j] = windows.rows()[windows.offset(i) + j] - mean[j];
            }
            removeProjection(residual, components);
            double sum = 0;
            for (int j = 0; j < size; j++) {
                sum += residual[j] * residual[j] * weights[j];
            }
            scores[i] = (float) (sum / size);
        }
        return scores;
    }

    private int componentCount(double[] variances) {
        double total = 0;
        for (double variance : variances) {
            total += variance;
        }
        int count = 0;
        double explained = 0;
        while (count < variances.length && explained < share * total) {
            explained += variances[count++];
        }
        return count;
    }

    /** Returns the inverse mean square error of each value over the training windows, from the omitted components. */
    private static double[] weights(PrincipalComponents fitted, int componentCount) {
        double[] variances = fitted.variances();
        double[] residual = new double[fitted.width()];
        for (int k = componentCount; k < residual.length; k++) {
            double[] component = fitted.component(k);
            for (int j = 0; j < residual.length; j++) {
                residual[j] += Math.max(0, variances[k]) * component[j] * component[j];
            }
        }
        for (int j = 0; j < residual.length; j++) {
            residual[j] = 1 / (residual[j] + LEAST_VARIANCE);
        }
        return residual;
    }

    /** Subtracts the projections one after the other, since the components are orthonormal. */
    private static void removeProjection(double[] centred, double[][] components) {
        for (double[] component : components) {
            double coordinate = 0;
            for (int j = 0; j < component.length; j++) {
                coordinate += component[j] * centred[j];
            }
            for (int j = 0; j < component.length; j++) {
                centred[j] -= coordinate * component[j];
            }
        }
    }
}
