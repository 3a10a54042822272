package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

/**
 * A feature whose value has not changed for an unusually long time.
 *
 * @param feature the feature's name
 * @param observations number of equal values in a row, including the newest
 * @param pValue probability of such a run according to the training data, above 0
 */
public record StuckFeature(String feature, int observations, double pValue) {
    public StuckFeature {
        requireNonNull(feature, "feature");
    }
}
