package dev.noether.model.symmetry.learned;

import dev.noether.model.numeric.LeadingSubspace;
import dev.noether.model.series.SeriesSet;

/**
 * The validation loss of principal component analysis, the best linear autoencoder. It takes milliseconds, and agrees
 * with {@link dev.noether.model.numeric.PrincipalComponents} to within a few parts in a thousand.
 *
 * @param components size of the code, at least 1
 */
public record PrincipalComponentsLoss(int components) implements ValidationLoss {

    /** Checks the number. */
    public PrincipalComponentsLoss {
        if (!(components >= 1)) {
            throw new IllegalArgumentException("`components` must be at least 1 (got %d)".formatted(components));
        }
    }

    @Override
    public double of(SeriesSet training, SeriesSet validation) {
        return LeadingSubspace.aboutMean(training, components).meanSquaredError(validation);
    }
}
