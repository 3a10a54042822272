package dev.noether.model.symmetry.learned;

import dev.noether.model.series.SeriesSet;

/**
 * The error of principal component analysis, the best linear autoencoder: a judge that takes milliseconds. It agrees with
 * {@link dev.noether.model.evaluation.PrincipalComponents} to within a few parts in a thousand.
 *
 * @param components size of the code, at least 1
 */
public record PrincipalComponentsError(int components) implements ValidationError {

    /** Checks the number. */
    public PrincipalComponentsError {
        if (!(components >= 1)) {
            throw new IllegalArgumentException("`components` must be at least 1 (got %d)".formatted(components));
        }
    }

    @Override
    public double of(SeriesSet training, SeriesSet validation) {
        return LeadingSubspace.aboutMean(training, components).meanSquaredError(validation);
    }
}
