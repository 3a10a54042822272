package dev.noether.lab.reproduce.run;

import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.protocol.Hyperparameters;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The results of one method on one set.
 *
 * @param set the set
 * @param method the method
 * @param hyperparameters chosen by the search; null for a method without any
 * @param trials of the search, in order
 * @param runs one for each seed, failed ones included
 */
public record MethodResult(
        BenchmarkSet set,
        ComparedMethod method,
        @Nullable Hyperparameters hyperparameters,
        List<RunResult> trials,
        List<RunResult> runs) {

    /** Copies the lists. */
    public MethodResult {
        trials = List.copyOf(trials);
        runs = List.copyOf(runs);
    }

    /** Test errors of the runs that did not fail, times 100. */
    public double[] errors() {
        return runs.stream()
                .map(RunResult::testError)
                .filter(Objects::nonNull)
                .mapToDouble(error -> 100 * error)
                .toArray();
    }

    /** Number of failed runs. */
    public int failed() {
        return (int) runs.stream().filter(run -> run.failure() != null).count();
    }

    /** Duration of all trials and runs, measured when they were computed. */
    public double seconds() {
        return trials.stream().mapToDouble(RunResult::seconds).sum()
                + runs.stream().mapToDouble(RunResult::seconds).sum();
    }
}
