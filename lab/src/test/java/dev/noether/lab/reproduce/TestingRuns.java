package dev.noether.lab.reproduce;

import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.protocol.Hyperparameters;
import dev.noether.lab.reproduce.run.MethodResult;
import dev.noether.lab.reproduce.run.RunResult;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import java.util.Arrays;
import java.util.List;

/** Results of runs with given errors, without a training. */
public final class TestingRuns {
    private TestingRuns() {}

    /** A run for each test error, NaN for a failed one. Its VUS-PR is twice the test error. */
    public static MethodResult result(BenchmarkSet set, ComparedMethod method, double... errors) {
        return new MethodResult(
                set,
                method,
                new Hyperparameters(1, 1),
                List.of(),
                Arrays.stream(errors).mapToObj(TestingRuns::run).toList());
    }

    private static RunResult run(double error) {
        boolean failed = Double.isNaN(error);
        return new RunResult(
                "key",
                1,
                0,
                failed ? "diverged" : null,
                failed ? new Hyperparameters(1, 1) : null,
                failed ? new RunResult.Errors(null, null, null) : new RunResult.Errors(error, null, 2 * error),
                new RunResult.Course(0, 0, List.of()),
                new RunResult.Findings(null, null, null));
    }
}
