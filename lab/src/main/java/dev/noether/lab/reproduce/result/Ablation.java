package dev.noether.lab.reproduce.result;

import dev.noether.lab.metric.PairedDifference;
import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.run.MethodResult;
import dev.noether.lab.reproduce.run.RunResult;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The paired differences of each method and control to the plain autoencoder: same split, same initial weights, same
 * number of trials. A seed is left out if one of the two runs failed.
 *
 * @param sets by set and method, in units of the table (test error times 100)
 * @param overall by method over sets: differences of the means in percent of the plain autoencoder's
 * @param detection by labelled set and method, differences of VUS-PR times 100: above 0 the method is better
 */
public record Ablation(
        Map<String, Map<String, Comparison>> sets,
        Map<String, Comparison> overall,
        Map<String, Map<String, Comparison>> detection) {

    /**
     * A paired difference; below 0 the method is better than the plain autoencoder.
     *
     * @param pairs seeds, or sets
     * @param mean difference
     * @param lower end of the 95 % interval by Student's t
     * @param upper end of that interval
     * @param wilcoxon p-value of the signed-rank test
     * @param beyondNoise whether the interval does not contain 0
     */
    public record Comparison(
            int pairs,
            double mean,
            double standardError,
            double lower,
            double upper,
            double wilcoxon,
            boolean beyondNoise) {
        static Comparison of(List<double[]> pairs) {
            PairedDifference difference = PairedDifference.of(
                    pairs.stream().mapToDouble(pair -> pair[0]).toArray(),
                    pairs.stream().mapToDouble(pair -> pair[1]).toArray());
            return new Comparison(
                    difference.pairs(),
                    difference.mean(),
                    difference.standardError(),
                    difference.interval().lower(),
                    difference.interval().upper(),
                    difference.wilcoxon(),
                    difference.beyondNoise());
        }
    }

    /** The ablation of a report. Methods with fewer than two pairs are left out. */
    public static Ablation of(ReproductionReport report) {
        Map<String, Map<String, Comparison>> sets = new LinkedHashMap<>();
        Map<String, List<double[]>> relative = new LinkedHashMap<>();
        for (BenchmarkSet set : report.sets()) {
            Map<String, Comparison> row = new LinkedHashMap<>();
            for (ComparedMethod method : report.methods()) {
                List<double[]> pairs =
                        method == ComparedMethod.AE ? List.of() : pairs(report, set, method, RunResult::testError);
                if (pairs.size() < 2) {
                    continue;
                }
                Comparison comparison = Comparison.of(pairs);
                row.put(method.label(), comparison);
                double plain =
                        pairs.stream().mapToDouble(pair -> pair[1]).average().orElseThrow();
                if (plain > 0) {
                    relative.computeIfAbsent(method.label(), absent -> new ArrayList<>())
                            .add(new double[] {100 * comparison.mean() / plain, 0});
                }
            }
            sets.put(set.name(), row);
        }
        Map<String, Comparison> overall = new LinkedHashMap<>();
        relative.forEach((label, differences) -> {
            if (differences.size() >= 2) {
                overall.put(label, Comparison.of(differences));
            }
        });
        return new Ablation(sets, overall, detection(report));
    }

    private static Map<String, Map<String, Comparison>> detection(ReproductionReport report) {
        Map<String, Map<String, Comparison>> sets = new LinkedHashMap<>();
        for (BenchmarkSet set : report.sets()) {
            if (set.labelled() == null) {
                continue;
            }
            Map<String, Comparison> row = new LinkedHashMap<>();
            for (ComparedMethod method : report.methods()) {
                List<double[]> pairs = pairs(report, set, method, RunResult::detection);
                if (method != ComparedMethod.AE && pairs.size() >= 2) {
                    row.put(method.label(), Comparison.of(pairs));
                }
            }
            sets.put(set.name(), row);
        }
        return sets;
    }

    private static List<double[]> pairs(
            ReproductionReport report,
            BenchmarkSet set,
            ComparedMethod method,
            Function<RunResult, @Nullable Double> figure) {
        Optional<MethodResult> plain = report.result(set, ComparedMethod.AE);
        Optional<MethodResult> other = report.result(set, method);
        List<double[]> pairs = new ArrayList<>();
        if (plain.isEmpty() || other.isEmpty()) {
            return pairs;
        }
        for (int run = 0; run < report.protocol().runs(); run++) {
            Double first = figure.apply(other.get().runs().get(run));
            Double second = figure.apply(plain.get().runs().get(run));
            if (first != null && second != null) {
                pairs.add(new double[] {100 * first, 100 * second});
            }
        }
        return pairs;
    }
}
