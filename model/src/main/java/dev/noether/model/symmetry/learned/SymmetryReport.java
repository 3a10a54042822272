package dev.noether.model.symmetry.learned;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What {@link SymmetrySelection} chose, and between what.
 *
 * @param chosen the candidate whose validation error is clearly smallest; empty for "none"
 * @param flow its flow, learned from all training series; empty for "none"
 * @param none validation error without a symmetry, of each fold
 * @param trials the candidates in the order of the options
 */
public record SymmetryReport(
        Optional<SymmetryCandidate> chosen, Optional<SymmetryFlow> flow, List<Double> none, List<Trial> trials) {

    /** Copies the lists. */
    public SymmetryReport {
        requireNonNull(chosen, "chosen");
        requireNonNull(flow, "flow");
        none = List.copyOf(none);
        trials = List.copyOf(trials);
    }

    /**
     * One candidate's errors.
     *
     * @param candidate what was tried
     * @param errors validation error of each fold
     */
    public record Trial(SymmetryCandidate candidate, List<Double> errors) {
        /** Copies the list. */
        public Trial {
            requireNonNull(candidate, "candidate");
            errors = List.copyOf(errors);
        }

        /** The mean over the folds. */
        public double error() {
            return mean(errors);
        }
    }

    /** The mean error over the folds without a symmetry. */
    public double noneError() {
        return mean(none);
    }

    static double mean(List<Double> errors) {
        return errors.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
