package dev.noether.lab.peers;

import dev.noether.model.numeric.PrincipalComponents;

/**
 * Principal component analysis of windows of standardised rows with a whitened residual: each value's square error is
 * divided by what it is on the training windows, plus 10⁻⁴, before the mean over the window is taken. Values that are
 * usually reconstructed well then count as much as those that never are.
 *
 * @param window rows per window, at least 1; the window ends at the row that is scored
 * @param share as many leading components are kept as carry this share of the training variance, in (0, 1)
 */
public record WhitenedPrincipalComponents(int window, double share) implements PeerDetector {
    private static final double LEAST_VARIANCE = 1e-4;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
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
        Standardization standardization = Standardization.fit(train, test);
        float[] trainRows = standardization.apply(train);
        StackedRows training = StackedRows.ofTraining(trainRows, train.width(), window);
        int size = training.size();
        PrincipalComponents fitted = PrincipalComponents.fit(training.copies(), training.count(), size, size);
        int kept = carrying(fitted.variances());
        double[] weights = weights(fitted, kept);
        double[][] components = new double[kept][];
        for (int k = 0; k < kept; k++) {
            components[k] = fitted.component(k);
        }
        double[] mean = fitted.mean();
        StackedRows windows = StackedRows.ofTest(trainRows, standardization.apply(test), test.width(), window);
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

    private int carrying(double[] variances) {
        double total = 0;
        for (double variance : variances) {
            total += variance;
        }
        int kept = 0;
        double carried = 0;
        while (kept < variances.length && carried < share * total) {
            carried += variances[kept++];
        }
        return kept;
    }

    /** The mean square error of a value over the training windows is what the components not kept carry of it. */
    private static double[] weights(PrincipalComponents fitted, int kept) {
        double[] variances = fitted.variances();
        double[] residual = new double[fitted.width()];
        for (int k = kept; k < residual.length; k++) {
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

    /** The components are orthonormal, so that one may be taken off after the other. */
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
