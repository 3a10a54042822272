package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

/**
 * A feature that no longer moves though it always did.
 *
 * @param feature the feature's name
 * @param observations how often its value has come in a row, the judged observation included
 * @param pValue how likely such a run is by what training saw, above 0
 */
public record StuckFeature(String feature, int observations, double pValue) {
    public StuckFeature {
        requireNonNull(feature, "feature");
    }
}
