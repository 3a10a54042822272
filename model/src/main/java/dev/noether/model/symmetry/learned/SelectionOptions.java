package dev.noether.model.symmetry.learned;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The candidates of {@link SymmetrySelection}, and its cross-validation. "None" is always a candidate.
 *
 * @param families the families of motions, any number
 * @param smoothings standard deviations in samples of the smoothing before learning, for the families that use it
 * @param strengths multiples of the learned or prescribed size of the motions, each above 0
 * @param folds number of folds of the cross-validation, at least 2
 * @param seed seed of the folds and of the motions
 */
public record SelectionOptions(
        List<SymmetryFamily> families, List<Double> smoothings, List<Double> strengths, int folds, long seed) {

    /** Copies the lists and checks the number of folds. {@link SymmetryCandidate} checks the other values. */
    public SelectionOptions {
        families = List.copyOf(families);
        smoothings = List.copyOf(smoothings);
        strengths = List.copyOf(strengths);
        if (!(folds >= 2)) {
            throw new IllegalArgumentException("`folds` must be at least 2 (got %d)".formatted(folds));
        }
    }

    /** Learned warps with smoothings 0, 2 and 5 and strengths 0.7, 1.5 and 2.5, five folds, seed 1. */
    public static SelectionOptions defaults() {
        return of(SymmetryFamily.LEARNED_WARP);
    }

    /** The defaults for other families. */
    public static SelectionOptions of(SymmetryFamily... families) {
        return new SelectionOptions(List.of(families), List.of(0.0, 2.0, 5.0), List.of(0.7, 1.5, 2.5), 5, 1);
    }

    /** All candidates but "none", grouped by family and smoothing. */
    public List<SymmetryCandidate> candidates() {
        Set<SymmetryCandidate> candidates = new LinkedHashSet<>();
        for (SymmetryFamily family : families) {
            for (double smoothing : smoothings) {
                for (double strength : strengths) {
                    candidates.add(new SymmetryCandidate(family, family.isSmoothing() ? smoothing : 0, strength));
                }
            }
        }
        return new ArrayList<>(candidates);
    }
}
