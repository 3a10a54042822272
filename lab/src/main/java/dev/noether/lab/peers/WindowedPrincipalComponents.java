package dev.noether.lab.peers;

import dev.noether.model.numeric.PrincipalComponents;

/**
 * Principal component analysis of windows of standardised rows: the mean square error of the whole window against its
 * projection onto the leading components of all training windows.
 *
 * @param window rows per window, at least 1; the window ends at the row that is scored
 * @param components how many components are kept, at least 1; no more than a window has values are used
 */
public record WindowedPrincipalComponents(int window, int components) implements PeerDetector {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public WindowedPrincipalComponents {
        if (window < 1) {
            throw new IllegalArgumentException("`window` must be at least 1 (got " + window + ")");
        }
        if (components < 1) {
            throw new IllegalArgumentException("`components` must be at least 1 (got " + components + ")");
        }
    }

    @Override
    public float[] score(Observations train, Observations test) {
        Standardization standardization = Standardization.fit(train, test);
        float[] trainRows = standardization.apply(train);
        StackedRows training = StackedRows.ofTraining(trainRows, train.width(), window);
        int kept = Math.min(components, training.size());
        PrincipalComponents fitted =
                PrincipalComponents.fit(training.copies(), training.count(), training.size(), kept);
        StackedRows windows = StackedRows.ofTest(trainRows, standardization.apply(test), test.width(), window);
        float[] scores = new float[test.length()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) fitted.reconstructionError(windows.rows(), windows.offset(i));
        }
        return scores;
    }
}
