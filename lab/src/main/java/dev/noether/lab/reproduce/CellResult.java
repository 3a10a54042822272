package dev.noether.lab.reproduce;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One method on one set.
 *
 * @param set the set
 * @param competitor the method
 * @param setting what the search chose; null for what has nothing to choose
 * @param trials of the search, in the order they were made
 * @param runs one for each seed, failed ones among them
 */
public record CellResult(
        BenchmarkSet set,
        Competitor competitor,
        @Nullable Setting setting,
        List<RunResult> trials,
        List<RunResult> runs) {

    /** Copies the lists. */
    public CellResult {
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

    /** How many runs failed. */
    public int failed() {
        return (int) runs.stream().filter(run -> run.failure() != null).count();
    }

    /** What all of it took, as it was measured when it was done. */
    public double seconds() {
        return trials.stream().mapToDouble(RunResult::seconds).sum()
                + runs.stream().mapToDouble(RunResult::seconds).sum();
    }
}
