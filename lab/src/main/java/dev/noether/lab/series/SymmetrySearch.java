package dev.noether.lab.series;

import dev.noether.model.engine.Engine;
import dev.noether.model.series.SeriesSet;
import dev.noether.model.symmetry.learned.SelectionOptions;
import dev.noether.model.symmetry.learned.SymmetryCandidate;
import dev.noether.model.symmetry.learned.SymmetryFamily;
import dev.noether.model.symmetry.learned.SymmetryFlow;
import dev.noether.model.symmetry.learned.SymmetryReport.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a symmetry, or none, and the number of epochs by the reconstruction error of the network on held-out series.
 *
 * <p>The search has three rounds, so that it takes little longer than the training itself (successive halving; Jamieson
 * and Talwalkar 2016). Round one trains all candidates for an eighth of the epochs; round two trains the best strength
 * of each generator for a third; round three compares the best of these with no symmetry over all epochs, unless no
 * symmetry is clearly worse before. The candidate is chosen if its gain exceeds the standard error of the gain over the
 * held-out series. Round three evaluates eight shares of the learned layers. Folds beyond the third are used in round
 * three only. All candidates have the same folds and the same random numbers. Not thread-safe.
 */
final class SymmetrySearch {
    private static final int FIRST_PART = 8;
    private static final int SECOND_PART = 3;
    private static final int EARLY_FOLDS = 3;
    private static final double[] ALL = {1};
    private static final double[] SHARES = {1, 0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125};

    private final Engine engine;
    private final SeriesModelOptions options;
    private final List<SeriesFolds.Fold> folds;
    private final List<SeriesFolds.Fold> earlyFolds;
    private final long seed;
    private final EpochCounter progress;
    private final List<Map<SymmetryCandidate, SymmetryFlow>> learned = new ArrayList<>();

    SymmetrySearch(Engine engine, SeriesModelOptions options, SeriesSet series, long seed, SeriesProgress progress) {
        this.engine = engine;
        this.options = options;
        this.folds = SeriesFolds.of(series, seed);
        this.earlyFolds = folds.subList(0, Math.min(EARLY_FOLDS, folds.size()));
        this.seed = seed;
        for (int fold = 0; fold < folds.size(); fold++) {
            learned.add(new LinkedHashMap<>());
        }
        int candidates = candidates().size();
        int early = candidates * part(FIRST_PART) + (candidates == 0 ? 0 : generators() + 1) * part(SECOND_PART);
        int last = (candidates == 0 ? 1 : 2) * options.epochs();
        this.progress = new EpochCounter(
                SeriesProgress.Stage.SELECTION, earlyFolds.size() * early + folds.size() * last, progress);
    }

    /**
     * The result of a search.
     *
     * @param chosen chosen symmetry; empty for none
     * @param curve validation errors of the chosen training
     * @param none validation errors of the training without a symmetry
     * @param trials all candidates, each with the errors of its longest training
     */
    record Finding(
            Optional<SymmetryCandidate> chosen, ValidationErrors curve, ValidationErrors none, List<Trial> trials) {}

    Finding run() {
        Map<SymmetryCandidate, ValidationErrors> curves = new LinkedHashMap<>();
        candidates().forEach(candidate -> curves.put(candidate, shortTraining(candidate, part(FIRST_PART))));
        Map<SymmetryCandidate, ValidationErrors> finals = new LinkedHashMap<>();
        finalists(curves).forEach(candidate -> finals.put(candidate, shortTraining(candidate, part(SECOND_PART))));
        curves.putAll(finals);
        Optional<SymmetryCandidate> best = best(finals);
        if (best.isEmpty()) {
            ValidationErrors none = fullTraining(null);
            return new Finding(best, none, none, trials(curves));
        }
        Optional<ValidationErrors> earlyNone = best.map(finals::get).flatMap(this::clearlyWorseNone);
        ValidationErrors none = earlyNone.orElseGet(() -> fullTraining(null));
        ValidationErrors longest = fullTraining(best.get());
        curves.put(best.get(), longest);
        boolean isChosen = earlyNone.isPresent() && longest.allFinite() || longest.clearlyBetterThan(none);
        return isChosen
                ? new Finding(best, longest, none, trials(curves))
                : new Finding(Optional.empty(), none, none, trials(curves));
    }

    private static List<Trial> trials(Map<SymmetryCandidate, ValidationErrors> curves) {
        return curves.entrySet().stream()
                .map(entry -> new Trial(entry.getKey(), entry.getValue().foldErrors()))
                .toList();
    }

    /**
     * Returns the validation errors without a symmetry over a third of the epochs, if these suffice for the decision:
     * the training overfits by then, and is clearly worse than the best candidate.
     */
    private Optional<ValidationErrors> clearlyWorseNone(ValidationErrors best) {
        ValidationErrors shorter = shortTraining(null, part(SECOND_PART));
        boolean overfits = shorter.bestEpoch() < part(SECOND_PART);
        if (overfits && shorter.allFinite() && best.clearlyBetterThan(shorter)) {
            progress.skipped(folds.size() * options.epochs());
            return Optional.of(shorter);
        }
        return Optional.empty();
    }

    /**
     * Returns the best strength of each generator. A short training determines the strength well, but not the
     * generator.
     */
    private static List<SymmetryCandidate> finalists(Map<SymmetryCandidate, ValidationErrors> curves) {
        Map<SymmetryCandidate, Map<SymmetryCandidate, ValidationErrors>> byGenerator = new LinkedHashMap<>();
        curves.forEach((candidate, curve) -> byGenerator
                .computeIfAbsent(candidate.withStrength(1), absent -> new LinkedHashMap<>())
                .put(candidate, curve));
        return byGenerator.values().stream()
                .flatMap(group -> best(group).stream())
                .toList();
    }

    /** Returns the candidate with the smallest error, the first of equals; empty if all diverged. */
    private static Optional<SymmetryCandidate> best(Map<SymmetryCandidate, ValidationErrors> curves) {
        return curves.entrySet().stream()
                .filter(entry -> Double.isFinite(entry.getValue().error()))
                .min(Comparator.comparingDouble(entry -> entry.getValue().error()))
                .map(Map.Entry::getKey);
    }

    private int generators() {
        return (int) candidates().stream()
                .map(candidate -> candidate.withStrength(1))
                .distinct()
                .count();
    }

    private List<SymmetryCandidate> candidates() {
        return SelectionOptions.of(options.families().toArray(SymmetryFamily[]::new))
                .candidates();
    }

    private int part(int divisor) {
        return Math.max(1, options.epochs() / divisor);
    }

    private ValidationErrors shortTraining(@Nullable SymmetryCandidate candidate, int epochs) {
        return curve(candidate, epochs, ALL, earlyFolds);
    }

    private ValidationErrors fullTraining(@Nullable SymmetryCandidate candidate) {
        return curve(candidate, options.epochs(), SHARES, folds);
    }

    /**
     * Trains on the training part of each fold and computes the errors of the held-out part after each epoch, for each
     * share of the learned layers.
     */
    private ValidationErrors curve(
            @Nullable SymmetryCandidate candidate, int epochs, double[] shares, List<SeriesFolds.Fold> used) {
        int[] heldOut = used.stream().mapToInt(fold -> fold.heldOut().count()).toArray();
        int all = used.stream().mapToInt(fold -> fold.heldOut().count()).sum();
        double[][][] errors = new double[epochs + 1][shares.length][all];
        double[] trainErrors = new double[epochs];
        int from = 0;
        for (int index = 0; index < used.size(); index++) {
            SeriesFolds.Fold fold = used.get(index);
            OrbitSampler source = new OrbitSampler(fold.training(), flow(candidate, index), seed + 2 + index);
            OrbitTraining training = new OrbitTraining(engine, options, source, epochs);
            validate(training, fold, shares, errors[0], from);
            for (int epoch = 1; epoch <= epochs; epoch++) {
                double trainError = training.epoch();
                trainErrors[epoch - 1] += trainError / used.size();
                validate(training, fold, shares, errors[epoch], from);
                progress.completed(trainError);
            }
            from += fold.heldOut().count();
        }
        return new ValidationErrors(heldOut, shares, errors, trainErrors);
    }

    private static void validate(
            OrbitTraining training, SeriesFolds.Fold fold, double[] shares, double[][] errors, int from) {
        for (int share = 0; share < shares.length; share++) {
            training.errors(fold.heldOut(), shares[share], errors[share], from);
        }
    }

    private @Nullable SymmetryFlow flow(@Nullable SymmetryCandidate candidate, int fold) {
        if (candidate == null) {
            return null;
        }
        SeriesSet trainingSeries = folds.get(fold).training();
        return learned.get(fold)
                .computeIfAbsent(
                        candidate.withStrength(1), unit -> unit.family().learn(trainingSeries, unit.smoothing()))
                .scaled(candidate.strength());
    }
}
