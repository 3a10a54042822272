package dev.noether.lab.peers;

import dev.noether.model.numeric.PrincipalComponents;

/**
 * Principal component analysis of windows of standardised rows. The score is the mean square difference between a
 * window and its projection onto the leading components of all training windows.
 *
 * @param window number of rows of a window, at least 1; the window ends at the scored row
 * @param components number of components, at least 1; at most the number of values of a window is used
 */
public record WindowedPrincipalComponents(int window, int components) implements PeerDetector {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if a number is below 1
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
        StandardizedWindows windows = StandardizedWindows.of(train, test, window);
        StackedRows training = windows.training();
        int componentCount = Math.min(components, training.size());
        PrincipalComponents fitted =
                PrincipalComponents.fit(training.copies(), training.count(), training.size(), componentCount);
        StackedRows judged = windows.test();
        float[] scores = new float[judged.count()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) fitted.reconstructionError(judged.rows(), judged.offset(i));
        }
        return scores;
    }
}
