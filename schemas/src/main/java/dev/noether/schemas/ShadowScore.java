package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

/**
 * What a challenger, a model that scores in shadow, says of an observation. It raises nothing.
 *
 * @param modelVersion version of the challenger
 * @param modelHash {@link ModelIdentity#shortHash()} of the challenger
 * @param verdict the verdict that it would give
 * @param pValue share of normal windows that score at least as high, in (0, 1]; NaN if unknown
 */
public record ShadowScore(long modelVersion, String modelHash, Verdict verdict, double pValue) {
    public ShadowScore {
        requireNonNull(modelHash, "modelHash");
        requireNonNull(verdict, "verdict");
    }
}
