package dev.noether.model.symmetry.learned;

import static java.util.Objects.requireNonNull;

/**
 * One of the symmetries to choose from.
 *
 * @param family the motions
 * @param smoothing deviation in samples of the smoothing before learning, at least 0
 * @param strength how far to move, as a multiple of what was learned or prescribed, above 0
 */
public record SymmetryCandidate(SymmetryFamily family, double smoothing, double strength) {

    /** Checks the ranges. */
    public SymmetryCandidate {
        requireNonNull(family, "family");
        if (!(smoothing >= 0 && smoothing < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "`smoothing` must be finite and at least 0 (got %s)".formatted(smoothing));
        }
        SymmetryFlow.requireStrength(strength);
    }

    /** The same motions at another strength. */
    public SymmetryCandidate withStrength(double other) {
        return new SymmetryCandidate(family, smoothing, other);
    }
}
