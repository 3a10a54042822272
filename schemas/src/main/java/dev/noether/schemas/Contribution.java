package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

/**
 * One feature's part in a score.
 *
 * @param feature the feature's name
 * @param share its part of the whole, in [0, 1]; the shares of a score sum to 1
 * @param observed the value that was reported, in the feature's own unit
 * @param expected the value that the model expected, in the same unit
 */
public record Contribution(String feature, float share, float observed, float expected) {
    public Contribution {
        requireNonNull(feature, "feature");
    }
}
