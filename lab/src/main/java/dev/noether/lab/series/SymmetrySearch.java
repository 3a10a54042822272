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
 * Chooses a symmetry, or none, and the number of epochs by the network's own error on held-out series.
 *
 * <p>In three rounds, so that it takes little longer than training itself (successive halving; Jamieson and Talwalkar
 * 2016): all candidates for an eighth of the epochs, the best strength of each generator for a third, the best of those
 * against none for all of them, unless none is out of the race by then. It is chosen if its gain over none is larger
 * than the gain's standard error over the held-out series. The two of the last round are seen at eight shares of what
 * they learned beside the principal components. More than three divisions, if there are, count in the last round only.
 * Each candidate meets the same divisions of the series and the same random numbers. Not thread-safe.
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
     * What was found.
     *
     * @param chosen the symmetry; empty for none
     * @param curve the course of the training that was chosen
     * @param none that without a symmetry
     * @param trials all candidates, with their errors in the longest training that they got
     */
    record Finding(
            Optional<SymmetryCandidate> chosen, ValidationErrors curve, ValidationErrors none, List<Trial> trials) {}

    Finding run() {
        Map<SymmetryCandidate, ValidationErrors> curves = new LinkedHashMap<>();
        candidates().forEach(candidate -> curves.put(candidate, early(candidate, part(FIRST_PART))));
        Map<SymmetryCandidate, ValidationErrors> finals = new LinkedHashMap<>();
        finalists(curves).forEach(candidate -> finals.put(candidate, early(candidate, part(SECOND_PART))));
        curves.putAll(finals);
        Optional<SymmetryCandidate> best = best(finals);
        if (best.isEmpty()) {
            ValidationErrors none = last(null);
            return new Finding(best, none, none, trials(curves));
        }
        Optional<ValidationErrors> beaten = best.map(finals::get).flatMap(this::beaten);
        ValidationErrors none = beaten.orElseGet(() -> last(null));
        ValidationErrors longest = last(best.get());
        curves.put(best.get(), longest);
        boolean taken = beaten.isPresent() && longest.allFinite() || longest.clearlyBetterThan(none);
        return taken
                ? new Finding(best, longest, none, trials(curves))
                : new Finding(Optional.empty(), none, none, trials(curves));
    }

    private static List<Trial> trials(Map<SymmetryCandidate, ValidationErrors> curves) {
        return curves.entrySet().stream()
                .map(entry -> new Trial(entry.getKey(), entry.getValue().foldErrors()))
                .toList();
    }

    /**
     * The course without a symmetry for a third of the epochs, where that is enough: it overfits by then, and is
     * clearly worse than the best candidate.
     */
    private Optional<ValidationErrors> beaten(ValidationErrors best) {
        ValidationErrors shorter = early(null, part(SECOND_PART));
        boolean overfits = shorter.bestEpoch() < part(SECOND_PART);
        if (overfits && shorter.allFinite() && best.clearlyBetterThan(shorter)) {
            progress.skipped(folds.size() * options.epochs());
            return Optional.of(shorter);
        }
        return Optional.empty();
    }

    /** The best of each generator that was learned: how far to move is easily told early, along what is not. */
    private static List<SymmetryCandidate> finalists(Map<SymmetryCandidate, ValidationErrors> curves) {
        Map<SymmetryCandidate, Map<SymmetryCandidate, ValidationErrors>> byGenerator = new LinkedHashMap<>();
        curves.forEach((candidate, curve) -> byGenerator
                .computeIfAbsent(candidate.withStrength(1), absent -> new LinkedHashMap<>())
                .put(candidate, curve));
        return byGenerator.values().stream()
                .flatMap(group -> best(group).stream())
                .toList();
    }

    /** The one with the smallest error, the first of equals; none if all diverged. */
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

    private ValidationErrors early(@Nullable SymmetryCandidate candidate, int epochs) {
        return curve(candidate, epochs, ALL, earlyFolds);
    }

    private ValidationErrors last(@Nullable SymmetryCandidate candidate) {
        return curve(candidate, options.epochs(), SHARES, folds);
    }

    /**
     * Trains on the kept part of each fold for so many epochs, and looks at the held-out part at each of the shares.
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
            look(training, fold, shares, errors[0], from);
            for (int epoch = 1; epoch <= epochs; epoch++) {
                double trainError = training.epoch();
                trainErrors[epoch - 1] += trainError / used.size();
                look(training, fold, shares, errors[epoch], from);
                progress.completed(trainError);
            }
            from += fold.heldOut().count();
        }
        return new ValidationErrors(heldOut, shares, errors, trainErrors);
    }

    private static void look(
            OrbitTraining training, SeriesFolds.Fold fold, double[] shares, double[][] errors, int from) {
        for (int share = 0; share < shares.length; share++) {
            training.errors(fold.heldOut(), shares[share], errors[share], from);
        }
    }

    private @Nullable SymmetryFlow flow(@Nullable SymmetryCandidate candidate, int fold) {
        if (candidate == null) {
            return null;
        }
        SeriesSet kept = folds.get(fold).training();
        return learned.get(fold)
                .computeIfAbsent(
                        candidate.withStrength(1), unit -> unit.family().learn(kept, unit.smoothing()))
                .scaled(candidate.strength());
    }
}
