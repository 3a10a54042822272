package dev.noether.lab.reproduce.result;

import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.protocol.Protocol;
import dev.noether.lab.reproduce.run.MethodResult;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The results of a reproduction.
 *
 * @param sets in the order asked for
 * @param methods that took part, in the order asked for
 * @param results one for each set and method, in any order
 * @param duration of this start, without stored runs of earlier starts
 * @param jobs trainings in parallel
 */
public record ReproductionReport(
        List<BenchmarkSet> sets,
        List<ComparedMethod> methods,
        Protocol protocol,
        List<MethodResult> results,
        Duration duration,
        int jobs) {

    /** Copies the lists. */
    public ReproductionReport {
        sets = List.copyOf(sets);
        methods = List.copyOf(methods);
        results = List.copyOf(results);
    }

    /**
     * One number of Table 1: the test error times 100 at the best epoch on validation.
     *
     * @param mean over runs
     * @param std standard deviation over runs, with n − 1; 0 for a single run
     * @param runs number of runs that did not fail
     */
    public record Figure(double mean, double std, int runs) {
        static @Nullable Figure of(double[] errors) {
            if (errors.length == 0) {
                return null;
            }
            double mean = Arrays.stream(errors).average().orElseThrow();
            double squares = Arrays.stream(errors)
                    .map(error -> (error - mean) * (error - mean))
                    .sum();
            return new Figure(mean, errors.length == 1 ? 0 : Math.sqrt(squares / (errors.length - 1)), errors.length);
        }
    }

    /** The results of a method on a set, if it took part. */
    public Optional<MethodResult> result(BenchmarkSet set, ComparedMethod method) {
        return results.stream()
                .filter(one -> one.set().name().equals(set.name()) && one.method() == method)
                .findFirst();
    }

    /** The number of a method on a set, if at least one run did not fail. */
    public Optional<Figure> figure(BenchmarkSet set, ComparedMethod method) {
        return result(set, method).map(one -> Figure.of(one.errors()));
    }

    /** Table 1: numbers by set and method, without controls. */
    public Map<String, Map<String, Figure>> table() {
        Map<String, Map<String, Figure>> table = new LinkedHashMap<>();
        for (BenchmarkSet set : sets) {
            Map<String, Figure> row = new LinkedHashMap<>();
            for (ComparedMethod method : methods) {
                if (method.inTable()) {
                    figure(set, method).ifPresent(figure -> row.put(method.label(), figure));
                }
            }
            table.put(set.name(), row);
        }
        return table;
    }
}
