package dev.noether.model.symmetry.learned;

import static java.util.Objects.requireNonNull;

import dev.noether.model.series.SeriesSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Chooses a symmetry, or none, by cross-validation on the training series.
 *
 * <p>In each fold the flow of a candidate is learned from the training part, the training part is augmented along the
 * flow, and the loss trains on the result and evaluates on the validation part, which is never moved. The candidate
 * with the smallest mean loss is chosen if its mean gain over "none" is larger than the standard error of that gain
 * over the folds; otherwise "none" is chosen. Equal options, losses and series lead to the same choice.
 */
public final class SymmetrySelection {
    private final SelectionOptions options;
    private final ValidationLoss loss;

    /** A selection among the candidates of the options by a validation loss. */
    public SymmetrySelection(SelectionOptions options, ValidationLoss loss) {
        this.options = requireNonNull(options, "options");
        this.loss = requireNonNull(loss, "loss");
    }

    /**
     * Chooses the symmetry of a training set.
     *
     * @param training at least four series, and at least one for each fold
     * @throws IllegalArgumentException if there are fewer series
     */
    public SymmetryReport select(SeriesSet training) {
        int fewest = Math.max(4, options.folds());
        if (training.count() < fewest) {
            throw new IllegalArgumentException("`training` must hold at least %d series for %d folds (got %d)"
                    .formatted(fewest, options.folds(), training.count()));
        }
        int[] order = shuffled(training.count());
        Map<SymmetryCandidate, List<Double>> errors = new LinkedHashMap<>();
        List<Double> none = new ArrayList<>();
        for (int fold = 0; fold < options.folds(); fold++) {
            SeriesSet learning = training.select(part(order, fold, false));
            SeriesSet validation = training.select(part(order, fold, true));
            none.add(loss.of(learning, validation));
            evaluateAll(learning, validation, errors);
        }
        List<SymmetryReport.Trial> trials = errors.entrySet().stream()
                .map(entry -> new SymmetryReport.Trial(entry.getKey(), entry.getValue()))
                .toList();
        Optional<SymmetryCandidate> chosen = trials.stream()
                .min(Comparator.comparingDouble(SymmetryReport.Trial::error))
                .filter(trial -> clearlyBetter(trial.errors(), none))
                .map(SymmetryReport.Trial::candidate);
        Optional<SymmetryFlow> flow = chosen.map(candidate ->
                candidate.family().learn(training, candidate.smoothing()).scaled(candidate.strength()));
        return new SymmetryReport(chosen, flow, none, trials);
    }

    /** The training series with copies along the chosen flow, or the training series alone if "none" was chosen. */
    public SeriesSet augmented(SymmetryReport report, SeriesSet training) {
        return report.flow()
                .map(flow -> new OrbitAugmentation(flow, options.seed()).augment(training))
                .orElse(training);
    }

    private void evaluateAll(SeriesSet learning, SeriesSet validation, Map<SymmetryCandidate, List<Double>> errors) {
        Map<SymmetryCandidate, SymmetryFlow> flows = new LinkedHashMap<>();
        for (SymmetryCandidate candidate : options.candidates()) {
            SymmetryFlow flow = flows.computeIfAbsent(
                            candidate.withStrength(1), unit -> unit.family().learn(learning, unit.smoothing()))
                    .scaled(candidate.strength());
            double error = loss.of(new OrbitAugmentation(flow, options.seed()).augment(learning), validation);
            errors.computeIfAbsent(candidate, absent -> new ArrayList<>()).add(error);
        }
    }

    private static boolean clearlyBetter(List<Double> errors, List<Double> none) {
        int folds = none.size();
        double[] gains = IntStream.range(0, folds)
                .mapToDouble(fold -> none.get(fold) - errors.get(fold))
                .toArray();
        double mean = IntStream.range(0, folds).mapToDouble(fold -> gains[fold]).sum() / folds;
        double squares = 0;
        for (double gain : gains) {
            squares += (gain - mean) * (gain - mean);
        }
        // A comparison with NaN is false, so that a loss that diverged chooses "none".
        return mean > Math.sqrt(squares / (folds - 1) / folds);
    }

    private int[] shuffled(int count) {
        int[] order = IntStream.range(0, count).toArray();
        RandomGenerator random = new SplittableRandom(options.seed());
        for (int last = count - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int swapped = order[last];
            order[last] = order[other];
            order[other] = swapped;
        }
        return order;
    }

    /** The indices of the series inside a fold, or of those outside it. */
    private int[] part(int[] order, int fold, boolean inside) {
        return IntStream.range(0, order.length)
                .filter(index -> (index % options.folds() == fold) == inside)
                .map(index -> order[index])
                .toArray();
    }
}
