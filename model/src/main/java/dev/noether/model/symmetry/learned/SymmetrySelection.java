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
 * Chooses a symmetry, or none, by cross-validation on the training series: in each fold the flow is learned from one part,
 * the part is augmented along it, and the judge trained on that meets the other part, which never moves.
 *
 * <p>The candidate with the smallest mean error wins if its gain over "none" is larger than the gain's own standard error
 * over the folds: a symmetry has to be seen. The same options, judge and series give the same choice.
 */
public final class SymmetrySelection {
    private final SelectionOptions options;
    private final ValidationError judge;

    /** A selection by a judge. */
    public SymmetrySelection(SelectionOptions options, ValidationError judge) {
        this.options = requireNonNull(options, "options");
        this.judge = requireNonNull(judge, "judge");
    }

    /**
     * Chooses.
     *
     * @param training at least four series, and one for each fold
     * @throws IllegalArgumentException if there are fewer
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
            SeriesSet kept = training.select(part(order, fold, false));
            SeriesSet validation = training.select(part(order, fold, true));
            none.add(judge.of(kept, validation));
            tryAll(kept, validation, errors);
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

    /** The training series with copies along the chosen flow, or as they are where none was chosen. */
    public SeriesSet augmented(SymmetryReport report, SeriesSet training) {
        return report.flow()
                .map(flow -> new OrbitAugmentation(flow, options.seed()).augment(training))
                .orElse(training);
    }

    private void tryAll(SeriesSet kept, SeriesSet validation, Map<SymmetryCandidate, List<Double>> errors) {
        Map<SymmetryCandidate, SymmetryFlow> learned = new LinkedHashMap<>();
        for (SymmetryCandidate candidate : options.candidates()) {
            SymmetryFlow flow = learned.computeIfAbsent(
                            candidate.withStrength(1), unit -> unit.family().learn(kept, unit.smoothing()))
                    .scaled(candidate.strength());
            double error = judge.of(new OrbitAugmentation(flow, options.seed()).augment(kept), validation);
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
        // Written so that a judge that diverged, and says NaN, chooses nothing.
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

    /** The indices of a fold, or of all others. */
    private int[] part(int[] order, int fold, boolean inside) {
        return IntStream.range(0, order.length)
                .filter(index -> (index % options.folds() == fold) == inside)
                .map(index -> order[index])
                .toArray();
    }
}
