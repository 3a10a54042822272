package dev.noether.model.symmetry.learned;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What {@link SymmetrySelection} chooses from, and how. "None" is always among the candidates.
 *
 * @param families the motions, any number
 * @param smoothings deviations in samples of the smoothing before learning, for the families it makes a difference to
 * @param strengths how far to move, each above 0
 * @param folds number of parts of the training set, each of which is validated on once; at least 2
 * @param seed of the parts and of the motions
 */
public record SelectionOptions(
        List<SymmetryFamily> families, List<Double> smoothings, List<Double> strengths, int folds, long seed) {

    /** Copies the lists and checks the number of folds; the rest is checked by {@link SymmetryCandidate}. */
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

    /** All candidates, those of one family and smoothing one after the other. */
    public List<SymmetryCandidate> candidates() {
        Set<SymmetryCandidate> candidates = new LinkedHashSet<>();
        for (SymmetryFamily family : families) {
            for (double smoothing : smoothings) {
                for (double strength : strengths) {
                    candidates.add(new SymmetryCandidate(family, family.smooths() ? smoothing : 0, strength));
                }
            }
        }
        return new ArrayList<>(candidates);
    }
}
