package dev.noether.model.symmetry.learned;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * The result of a {@link SymmetrySelection}: its choice, and the validation losses of all candidates.
 *
 * @param chosen the chosen candidate; empty for "none"
 * @param flow the flow of the chosen candidate, learned from all training series; empty for "none"
 * @param none validation loss of each fold without a symmetry
 * @param trials the candidates with their losses, in the order of the options
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
     * The validation losses of one candidate.
     *
     * @param candidate the candidate
     * @param errors validation loss of each fold
     */
    public record Trial(SymmetryCandidate candidate, List<Double> errors) {
        /** Copies the list. */
        public Trial {
            requireNonNull(candidate, "candidate");
            errors = List.copyOf(errors);
        }

        /** The mean validation loss over the folds. */
        public double error() {
            return mean(errors);
        }
    }

    /** The mean validation loss over the folds without a symmetry. */
    public double noneError() {
        return mean(none);
    }

    static double mean(List<Double> errors) {
        return errors.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
