package dev.noether.model.symmetry.learned;

import static java.util.Objects.requireNonNull;

/**
 * A symmetry that {@link SymmetrySelection} may choose.
 *
 * @param family the family of motions
 * @param smoothing standard deviation in samples of the smoothing before learning, at least 0
 * @param strength multiple of the learned or prescribed size of the motions, above 0
 */
public record SymmetryCandidate(SymmetryFamily family, double smoothing, double strength) {

    /** Checks the ranges. */
    public SymmetryCandidate {
        requireNonNull(family, "family");
        if (!(smoothing >= 0 && smoothing < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "`smoothing` must be finite and at least 0 (got %s)".formatted(smoothing));
        }
        FlowArguments.requireStrength(strength);
    }

    /** The same motions at another strength. */
    public SymmetryCandidate withStrength(double other) {
        return new SymmetryCandidate(family, smoothing, other);
    }
}
