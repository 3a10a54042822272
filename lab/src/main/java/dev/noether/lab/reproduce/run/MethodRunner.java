package dev.noether.lab.reproduce.run;

import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.protocol.HyperparameterSearch;
import dev.noether.lab.reproduce.protocol.Hyperparameters;
import dev.noether.lab.reproduce.protocol.Protocol;
import dev.noether.lab.reproduce.run.NetworkTrainer.Detail;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineChoice;
import dev.noether.model.training.TrainingDivergedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Runs one method on one set: first the hyperparameter search, then the runs, each with an engine of its own. Runs that
 * are stored on disk are not repeated. Thread-safe.
 */
public final class MethodRunner {
    private final BenchmarkSet set;
    private final String fingerprint;
    private final ComparedMethod method;
    private final Protocol protocol;
    private final RunStore store;
    private final WorkProgress meter;
    private final double cost;

    public MethodRunner(
            BenchmarkSet set,
            String fingerprint,
            ComparedMethod method,
            Protocol protocol,
            RunStore store,
            WorkProgress meter) {
        this.set = set;
        this.fingerprint = fingerprint;
        this.method = method;
        this.protocol = protocol;
        this.store = store;
        this.meter = meter;
        this.cost = new TrainingCostEstimate(protocol).seconds(set, method);
        meter.expect(protocol.runs() + (method.isNetwork() ? protocol.trials() : 0), cost);
    }

    /**
     * The result of the hyperparameter search.
     *
     * @param chosen the hyperparameters with the smallest validation error; zeros for a method without any
     * @param trials of the search, in order
     */
    public record Search(Hyperparameters chosen, List<RunResult> trials) {
        private static final Search WITHOUT_TRIALS = new Search(new Hyperparameters(0, 0), List.of());
    }

    /** Searches for the hyperparameters, one trial after the other: later trials depend on earlier ones. */
    public Search search() {
        if (!method.isNetwork()) {
            return Search.WITHOUT_TRIALS;
        }
        List<RunResult> trials = new ArrayList<>();
        Hyperparameters chosen = new HyperparameterSearch(protocol.trials()).search(method, hyperparameters -> {
            RunResult trial = train(hyperparameters, Protocol.SEARCH_SEED, Detail.NONE);
            trials.add(trial);
            return trial.validationOrInfinite();
        });
        return new Search(chosen, trials);
    }

    /** The seeds of the runs that have to be computed. A deterministic method needs only the first. */
    public List<Integer> seeds() {
        int runs = method == ComparedMethod.PCA10 ? 1 : protocol.runs();
        return IntStream.rangeClosed(1, runs).boxed().toList();
    }

    /** Computes one run, independent of all others. */
    public RunResult run(Search search, int seed) {
        return method.isNetwork()
                ? train(search.chosen(), seed, seed == 1 ? Detail.INSPECTION : Detail.CURVE)
                : other(seed);
    }

    /** Puts search and runs together. */
    public MethodResult result(Search search, List<RunResult> computed) {
        List<RunResult> runs = new ArrayList<>(computed);
        for (int seed = runs.size() + 1; seed <= protocol.runs(); seed++) {
            runs.add(copyOfFirst(runs.get(0), seed));
        }
        return new MethodResult(set, method, method.isNetwork() ? search.chosen() : null, search.trials(), runs);
    }

    private RunResult copyOfFirst(RunResult first, int seed) {
        RunIdentity identity = identity(new Hyperparameters(0, 0), seed);
        Double error = first.testError();
        return error == null
                ? first
                : storedOr(
                        identity,
                        true,
                        () -> RunResult.withoutEpochs(identity, error, first.detection(), 0, RunResult.Findings.NONE));
    }

    private RunIdentity identity(Hyperparameters hyperparameters, long seed) {
        return RunIdentity.of(set, fingerprint, method, hyperparameters, seed, protocol);
    }

    private RunResult train(Hyperparameters hyperparameters, long seed, Detail detail) {
        RunIdentity identity = identity(hyperparameters, seed);
        double epoch = cost / protocol.epochs();
        return storedOr(
                identity,
                false,
                () -> withEngine(engine -> new NetworkTrainer(engine, set, protocol)
                        .train(identity, method, hyperparameters, detail, () -> meter.advance(epoch))));
    }

    private RunResult other(int seed) {
        RunIdentity identity = identity(new Hyperparameters(0, 0), seed);
        return storedOr(identity, !method.isOwn(), () -> withEngine(engine -> other(engine, identity)));
    }

    private RunResult other(Engine engine, RunIdentity identity) {
        requireUninterrupted();
        if (method.isOwn()) {
            return own(engine, identity);
        }
        LinearMethodTrainer trainer = new LinearMethodTrainer(set);
        return method == ComparedMethod.PCA10_AUGMENTED
                ? trainer.augmentedComponents(identity)
                : trainer.principalComponents(identity);
    }

    private static RunResult withEngine(Function<Engine, RunResult> training) {
        try (Engine engine = EngineChoice.AUTO.open()) {
            return training.apply(engine);
        }
    }

    private RunResult own(Engine engine, RunIdentity identity) {
        long start = System.nanoTime();
        DefaultModelProgress progress = new DefaultModelProgress(share -> {
            requireUninterrupted();
            meter.advance(share * cost);
        });
        try {
            DefaultModelTrainer.Outcome outcome =
                    new DefaultModelTrainer(engine, set).fit(method, identity.seed(), progress);
            progress.end();
            RunResult.Findings findings =
                    new RunResult.Findings(null, outcome.chosen(), identity.seed() == 1 ? outcome.portrait() : null);
            return RunResult.withoutEpochs(
                    identity, outcome.testError(), outcome.detection(), seconds(start), findings);
        } catch (TrainingDivergedException exception) {
            progress.end();
            return RunResult.failed(
                    identity, new Hyperparameters(0, 0), String.valueOf(exception.getMessage()), seconds(start));
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

    private RunResult storedOr(RunIdentity identity, boolean withoutEpochs, Supplier<RunResult> training) {
        Optional<RunResult> stored = store.find(identity);
        if (stored.isPresent()) {
            meter.addStored(cost);
            return stored.get();
        }
        RunResult result = training.get();
        store.store(identity, result);
        if (withoutEpochs) {
            meter.advance(cost);
        }
        meter.finish();
        return result;
    }
}
