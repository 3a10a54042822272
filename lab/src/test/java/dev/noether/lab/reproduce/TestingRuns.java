package dev.noether.lab.reproduce;

import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.protocol.Hyperparameters;
import dev.noether.lab.reproduce.protocol.Protocol;
import dev.noether.lab.reproduce.result.ReproductionReport;
import dev.noether.lab.reproduce.run.MethodResult;
import dev.noether.lab.reproduce.run.NetworkInspection;
import dev.noether.lab.reproduce.run.RunResult;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import dev.noether.model.autoencoder.Activation;
import dev.noether.model.symmetry.GeneratorStructure;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results of runs with given errors, without a training. */
public final class TestingRuns {
    private TestingRuns() {}

    /**
     * The errors of a method.
     *
     * @param errors one for each run, NaN for a failed one
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Series(ComparedMethod method, double[] errors) {}

    /** The errors of a method. */
    public static Series series(ComparedMethod method, double... errors) {
        return new Series(method, errors);
    }

    /** A report of one set of waves under a name. */
    public static ReproductionReport report(String name, Series... series) {
        BenchmarkSet set = TinySets.waves(name, 12, 4);
        return new ReproductionReport(
                List.of(set),
                Arrays.stream(series).map(Series::method).toList(),
                new Protocol(series[0].errors().length, 5, 16, 2, Activation.RELU, GeneratorStructure.LOW_RANK),
                Arrays.stream(series)
                        .map(one -> result(set, one.method(), one.errors()))
                        .toList(),
                Duration.ofMinutes(3),
                2);
    }

    /**
     * Makes one run for each test error; NaN makes a failed run. The VUS-PR of a run is twice its test error. Its two
     * trials took 2 and 4 s.
     */
    public static MethodResult result(BenchmarkSet set, ComparedMethod method, double... errors) {
        List<RunResult> trials = method.isNetwork()
                ? List.of(
                        run(0.5, 2, null, new Hyperparameters(0.003, 0)),
                        run(0.25, 4, null, new Hyperparameters(0.001, 0)))
                : List.of();
        return new MethodResult(
                set,
                method,
                method.isNetwork() ? new Hyperparameters(0.001, 0.1) : null,
                trials,
                Arrays.stream(errors)
                        .mapToObj(error -> run(error, 1, null, new Hyperparameters(0.001, 0.1)))
                        .toList());
    }

    /** A run with a curve of three epochs that ends in the error, and with an inspection. */
    public static RunResult run(
            double error, double seconds, @Nullable NetworkInspection inspection, Hyperparameters hyperparameters) {
        boolean failed = Double.isNaN(error);
        return new RunResult(
                "key",
                1,
                seconds,
                failed ? "diverged" : null,
                hyperparameters,
                failed ? new RunResult.Errors(null, null, null) : new RunResult.Errors(error, error, 2 * error),
                failed
                        ? new RunResult.Course(0, 0, List.of())
                        : new RunResult.Course(3, 0, List.of(4 * error, 2 * error, error)),
                new RunResult.Findings(inspection, null, null));
    }
}
