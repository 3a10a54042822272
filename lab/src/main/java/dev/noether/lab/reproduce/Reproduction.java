package dev.noether.lab.reproduce;

import dev.noether.cli.console.Screen;
import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.protocol.Protocol;
import dev.noether.lab.reproduce.result.ReproductionReport;
import dev.noether.lab.reproduce.run.MethodResult;
import dev.noether.lab.reproduce.run.MethodRunner;
import dev.noether.lab.reproduce.run.RunResult;
import dev.noether.lab.reproduce.run.RunStore;
import dev.noether.lab.reproduce.run.WorkProgress;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs all methods on all sets, some in parallel. Finished trainings are stored in the folder {@code runs} at once. */
public final class Reproduction {
    private static final long LOOK_MILLIS = 200;
    private static final long PATIENCE_SECONDS = 4;

    private final List<BenchmarkSet> sets;
    private final List<ComparedMethod> methods;
    private final Protocol protocol;
    private final int jobs;
    private final Screen screen;

    /**
     * A reproduction.
     *
     * @param jobs trainings in parallel, each on one thread
     */
    public Reproduction(
            List<BenchmarkSet> sets, List<ComparedMethod> methods, Protocol protocol, int jobs, Screen screen) {
        this.sets = List.copyOf(sets);
        this.methods = List.copyOf(methods);
        this.protocol = protocol;
        this.jobs = jobs;
        this.screen = screen;
    }

    /**
     * Computes the runs that are not stored yet.
     *
     *
     * @param folder for finished trainings
     * @throws InterruptedException if it was stopped; what was finished is kept
     */
    public ReproductionReport run(Path folder) throws IOException, InterruptedException {
        long start = System.nanoTime();
        RunStore store = new RunStore(folder.resolve("runs"));
        WorkProgress meter = new WorkProgress(System::nanoTime);
        List<MethodRunner> runners = new ArrayList<>();
        for (BenchmarkSet set : sets) {
            String fingerprint = set.fingerprint();
            for (ComparedMethod method : methods) {
                runners.add(new MethodRunner(set, fingerprint, method, protocol, store, meter));
            }
        }
        List<MethodResult> results = work(runners, meter);
        if (meter.storedCount() > 0) {
            screen.line("%,d trainings were stored in %s by earlier starts and not repeated."
                    .formatted(meter.storedCount(), folder.resolve("runs")));
        }
        return new ReproductionReport(
                sets, methods, protocol, results, Duration.ofNanos(System.nanoTime() - start), jobs);
    }

    private List<MethodResult> work(List<MethodRunner> runners, WorkProgress meter) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(jobs, task -> {
            Thread thread = new Thread(task, "training");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<CompletableFuture<MethodResult>> tasks =
                    runners.stream().map(runner -> task(runner, threads)).toList();
            while (!tasks.stream().allMatch(Future::isDone)) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                screen.progress(meter::line);
            }
            List<MethodResult> results = new ArrayList<>();
            List<Throwable> failures = new ArrayList<>();
            for (Future<MethodResult> task : tasks) {
                add(task, results, failures);
            }
            if (!failures.isEmpty()) {
                throw new IllegalStateException(
                        "%d of %d tasks failed, the first with %s; finished trainings are stored"
                                .formatted(failures.size(), runners.size(), failures.get(0)),
                        failures.get(0));
            }
            return results;
        } finally {
            threads.shutdownNow();
            // An interrupted training ends after its epoch.
            threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** The search of a runner, followed by its runs, some in parallel. */
    private static CompletableFuture<MethodResult> task(MethodRunner runner, Executor threads) {
        return CompletableFuture.supplyAsync(runner::search, threads).thenCompose(search -> {
            List<CompletableFuture<RunResult>> runs = runner.seeds().stream()
                    .map(seed -> CompletableFuture.supplyAsync(() -> runner.run(search, seed), threads))
                    .toList();
            return CompletableFuture.allOf(runs.toArray(CompletableFuture[]::new))
                    .thenApply(all -> runner.result(
                            search, runs.stream().map(CompletableFuture::join).toList()));
        });
    }

    /** Collects a result, or the defect that ended the task: a failed task does not stop the others. */
    private static void add(Future<MethodResult> finished, List<MethodResult> results, List<Throwable> failures)
            throws InterruptedException {
        try {
            results.add(finished.get());
        } catch (ExecutionException exception) {
            failures.add(Optional.ofNullable(exception.getCause()).orElse(exception));
        }
    }
}
