package dev.noether.lab.reproduce;

import dev.noether.lab.reproduce.Trainings.Detail;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineKind;
import dev.noether.model.training.TrainingDivergedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One method on one set: first the search, then the runs, each of which is a task with an engine of its own; what is on disk is
 * not done again. Thread-safe.
 */
final class Cell {
    private final BenchmarkSet set;
    private final String fingerprint;
    private final Competitor competitor;
    private final Protocol protocol;
    private final RunStore store;
    private final WorkMeter meter;
    private final double cost;

    Cell(
            BenchmarkSet set,
            String fingerprint,
            Competitor competitor,
            Protocol protocol,
            RunStore store,
            WorkMeter meter) {
        this.set = set;
        this.fingerprint = fingerprint;
        this.competitor = competitor;
        this.protocol = protocol;
        this.store = store;
        this.meter = meter;
        this.cost = new CostEstimate(protocol).seconds(set, competitor);
        meter.expect(protocol.runs() + (competitor.isNetwork() ? protocol.trials() : 0), cost);
    }

    /**
     * What the search found.
     *
     * @param chosen the setting; that of nothing to choose, for what has none
     * @param trials in the order they were made
     */
    record Search(Setting chosen, List<RunResult> trials) {
        private static final Search NOTHING_TO_CHOOSE = new Search(new Setting(0, 0), List.of());
    }

    /** Searches for the method's setting, one trial after the other: the next ones depend on the first. */
    Search search() {
        if (!competitor.isNetwork()) {
            return Search.NOTHING_TO_CHOOSE;
        }
        List<RunResult> trials = new ArrayList<>();
        Setting chosen = new SettingSearch(protocol.trials()).search(competitor, setting -> {
            RunResult trial = train(setting, Protocol.SEARCH_SEED, Detail.NONE);
            trials.add(trial);
            return trial.validationOrInfinite();
        });
        return new Search(chosen, trials);
    }

    /** The runs that have to be computed, by their seeds; those that know no chance are all like the first. */
    List<Integer> seeds() {
        int runs = competitor == Competitor.PCA10 ? 1 : protocol.runs();
        return IntStream.rangeClosed(1, runs).boxed().toList();
    }

    /** One run, independent of all others. */
    RunResult run(Search search, int seed) {
        return competitor.isNetwork()
                ? train(search.chosen(), seed, seed == 1 ? Detail.INSIDE : Detail.CURVE)
                : other(seed);
    }

    /** All of it together. */
    CellResult result(Search search, List<RunResult> computed) {
        List<RunResult> runs = new ArrayList<>(computed);
        for (int seed = runs.size() + 1; seed <= protocol.runs(); seed++) {
            runs.add(likeTheFirst(runs.get(0), seed));
        }
        return new CellResult(set, competitor, competitor.isNetwork() ? search.chosen() : null, search.trials(), runs);
    }

    private RunResult likeTheFirst(RunResult first, int seed) {
        RunIdentity identity = identity(new Setting(0, 0), seed);
        Double error = first.testError();
        return error == null
                ? first
                : keptOr(identity, true, () -> RunResult.untrained(identity, error, 0, null, first.detection(), null));
    }

    private RunIdentity identity(Setting setting, long seed) {
        return RunIdentity.of(set, fingerprint, competitor, setting, seed, protocol);
    }

    private RunResult train(Setting setting, long seed, Detail detail) {
        RunIdentity identity = identity(setting, seed);
        double epoch = cost / protocol.epochs();
        return keptOr(
                identity,
                false,
                () -> withEngine(engine -> new Trainings(engine, set, protocol)
                        .network(identity, competitor, setting, detail, () -> meter.advance(epoch))));
    }

    private RunResult other(int seed) {
        RunIdentity identity = identity(new Setting(0, 0), seed);
        return keptOr(identity, !competitor.isOwn(), () -> withEngine(engine -> other(engine, identity)));
    }

    private RunResult other(Engine engine, RunIdentity identity) {
        requireUninterrupted();
        if (competitor.isOwn()) {
            return own(engine, identity);
        }
        Trainings trainings = new Trainings(engine, set, protocol);
        return competitor == Competitor.PCA10_AUGMENTED
                ? trainings.augmentedComponents(identity)
                : trainings.principalComponents(identity);
    }

    private static RunResult withEngine(Function<Engine, RunResult> training) {
        try (Engine engine = EngineKind.AUTO.open()) {
            return training.apply(engine);
        }
    }

    private RunResult own(Engine engine, RunIdentity identity) {
        long start = System.nanoTime();
        FitProgress progress = new FitProgress(share -> {
            requireUninterrupted();
            meter.advance(share * cost);
        });
        try {
            DefaultModel.Outcome outcome = new DefaultModel(engine, set).fit(competitor, identity.seed(), progress);
            progress.end();
            return RunResult.untrained(
                    identity,
                    outcome.testError(),
                    seconds(start),
                    outcome.chosen(),
                    outcome.detection(),
                    identity.seed() == 1 ? outcome.portrait() : null);
        } catch (TrainingDivergedException exception) {
            progress.end();
            return RunResult.failed(
                    identity, new Setting(0, 0), String.valueOf(exception.getMessage()), seconds(start));
        }
    }

    private static void requireUninterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted");
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private RunResult keptOr(RunIdentity identity, boolean atOnce, Supplier<RunResult> training) {
        Optional<RunResult> kept = store.find(identity);
        if (kept.isPresent()) {
            meter.keep(cost);
            return kept.get();
        }
        RunResult result = training.get();
        store.keep(identity, result);
        if (atOnce) {
            meter.advance(cost);
        }
        meter.finish();
        return result;
    }
}
