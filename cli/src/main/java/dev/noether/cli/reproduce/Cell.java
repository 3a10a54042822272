package dev.noether.cli.reproduce;

import dev.noether.cli.reproduce.Trainings.Detail;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineKind;
import dev.noether.model.training.TrainingDivergedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One method on one set, as a task with an engine of its own: the search, then the runs; what is on disk is not done again. */
final class Cell implements Callable<CellResult> {
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

    @Override
    public CellResult call() {
        try (Engine engine = EngineKind.AUTO.open()) {
            Trainings trainings = new Trainings(engine, set, protocol);
            return competitor.isNetwork() ? network(trainings) : other(trainings, engine);
        }
    }

    private CellResult network(Trainings trainings) {
        List<RunResult> trials = new ArrayList<>();
        SettingSearch search = new SettingSearch(protocol.trials());
        Setting chosen = search.search(competitor, setting -> {
            RunResult trial = train(trainings, setting, Protocol.SEARCH_SEED, Detail.NONE);
            trials.add(trial);
            return trial.validationOrInfinite();
        });
        List<RunResult> runs = new ArrayList<>();
        for (int run = 1; run <= protocol.runs(); run++) {
            runs.add(train(trainings, chosen, run, run == 1 ? Detail.INSIDE : Detail.CURVE));
        }
        return new CellResult(set, competitor, chosen, trials, runs);
    }

    private RunResult train(Trainings trainings, Setting setting, long seed, Detail detail) {
        RunIdentity identity = RunIdentity.of(set, fingerprint, competitor, setting, seed, protocol);
        double epoch = cost / protocol.epochs();
        return keptOr(
                identity,
                false,
                () -> trainings.network(identity, competitor, setting, detail, () -> meter.advance(epoch)));
    }

    private CellResult other(Trainings trainings, Engine engine) {
        List<RunResult> runs = new ArrayList<>();
        @Nullable RunResult first = null;
        for (int run = 1; run <= protocol.runs(); run++) {
            RunIdentity identity = RunIdentity.of(set, fingerprint, competitor, new Setting(0, 0), run, protocol);
            RunResult same = first;
            RunResult result = keptOr(identity, true, () -> other(trainings, engine, identity, same));
            runs.add(result);
            first = runs.get(0);
        }
        return new CellResult(set, competitor, null, List.of(), runs);
    }

    private RunResult other(Trainings trainings, Engine engine, RunIdentity identity, @Nullable RunResult first) {
        requireUninterrupted();
        if (competitor == Competitor.PCA10_AUGMENTED) {
            return trainings.augmentedComponents(identity);
        }
        if (competitor.isOwn()) {
            return own(engine, identity);
        }
        // Principal components know no chance: one fit is all of them.
        Double error = first == null ? null : first.testError();
        return first == null || error == null
                ? trainings.principalComponents(identity)
                : RunResult.untrained(identity, error, 0, null, first.detection(), null);
    }

    private RunResult own(Engine engine, RunIdentity identity) {
        long start = System.nanoTime();
        try {
            DefaultModel.Outcome outcome =
                    new DefaultModel(engine, set).fit(competitor, identity.seed(), Cell::requireUninterrupted);
            return RunResult.untrained(
                    identity,
                    outcome.testError(),
                    seconds(start),
                    outcome.chosen(),
                    outcome.detection(),
                    identity.seed() == 1 ? outcome.portrait() : null);
        } catch (TrainingDivergedException exception) {
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
