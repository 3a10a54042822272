package dev.noether.lab.reproduce.result;

import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.result.Ablation.Comparison;
import dev.noether.lab.reproduce.run.MethodResult;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the learned symmetry of the default model is worth beside a prescribed one: the default model, which is told
 * nothing but a dictionary, against the same model that may choose prescribed shifts or warps, and against the same
 * model without any.
 *
 * @param sets by name, those on which all four forms have runs
 * @param overall 100 times the logarithm of the learned form's error over that of the better prescribed form, over the
 *     sets on which a prescription helps; below 0 learning is better; absent with fewer than two such sets
 */
public record LearnedSymmetry(
        Map<String, Row> sets, @Nullable Comparison overall) {

    /**
     * One set, in units of the table (test error times 100).
     *
     * @param none mean without a symmetry
     * @param shift mean with prescribed shifts to choose
     * @param warp mean with prescribed warps to choose
     * @param learned mean of the default model
     * @param bestPrescribed {@code shift} or {@code warp}, whichever error is smaller
     * @param prescriptionHelps whether its gain over none is larger than the gain's standard error over runs
     * @param share the learned form's gain over none as a part of that gain; absent where the prescription does not
     *     help
     * @param learnedMinusNone paired over runs
     * @param harmless whether that is at most its standard error: the choice made by validation loses nothing against
     *     none
     */
    public record Row(
            double none,
            double shift,
            double warp,
            double learned,
            String bestPrescribed,
            boolean prescriptionHelps,
            @Nullable Double share,
            Comparison learnedMinusNone,
            boolean harmless) {}

    /** Of a report; a set needs two runs of each of the four forms that did not fail. */
    public static LearnedSymmetry of(ReproductionReport report) {
        Map<String, Row> rows = new LinkedHashMap<>();
        List<double[]> logarithms = new ArrayList<>();
        for (BenchmarkSet set : report.sets()) {
            row(report, set).ifPresent(row -> {
                rows.put(set.name(), row);
                if (row.prescriptionHelps()) {
                    double best = Math.min(row.shift(), row.warp());
                    logarithms.add(new double[] {100 * Math.log(row.learned() / best), 0});
                }
            });
        }
        return new LearnedSymmetry(rows, logarithms.size() < 2 ? null : Comparison.of(logarithms));
    }

    private static Optional<Row> row(ReproductionReport report, BenchmarkSet set) {
        List<double[]> runs = runs(report, set);
        if (runs.size() < 2) {
            return Optional.empty();
        }
        double none = mean(runs, 0);
        double shift = mean(runs, 1);
        double warp = mean(runs, 2);
        double learned = mean(runs, 3);
        int best = shift <= warp ? 1 : 2;
        Comparison gain = minus(runs, best);
        Comparison loss = minus(runs, 3);
        boolean helps = -gain.mean() > gain.standardError();
        return Optional.of(new Row(
                none,
                shift,
                warp,
                learned,
                best == 1 ? "shift" : "warp",
                helps,
                helps ? (none - learned) / -gain.mean() : null,
                loss,
                loss.mean() <= loss.standardError()));
    }

    /** The errors of none, shift, warp and learned in each run that has all four. */
    private static List<double[]> runs(ReproductionReport report, BenchmarkSet set) {
        List<MethodResult> results = new ArrayList<>();
        for (ComparedMethod form : List.of(
                ComparedMethod.DEFAULT_NONE,
                ComparedMethod.DEFAULT_SHIFT,
                ComparedMethod.DEFAULT_WARP,
                ComparedMethod.DEFAULT)) {
            report.result(set, form).ifPresent(results::add);
        }
        List<double[]> runs = new ArrayList<>();
        for (int run = 0; results.size() == 4 && run < report.protocol().runs(); run++) {
            int seed = run;
            double[] errors = results.stream()
                    .mapToDouble(result -> hundredfold(result.runs().get(seed).testError()))
                    .toArray();
            if (Double.isFinite(errors[0] + errors[1] + errors[2] + errors[3])) {
                runs.add(errors);
            }
        }
        return runs;
    }

    private static double hundredfold(@Nullable Double error) {
        return error == null ? Double.NaN : 100 * error;
    }

    private static double mean(List<double[]> runs, int form) {
        return runs.stream().mapToDouble(errors -> errors[form]).average().orElseThrow();
    }

    /** A form minus none. */
    private static Comparison minus(List<double[]> runs, int form) {
        return Comparison.of(runs.stream()
                .map(errors -> new double[] {errors[form], errors[0]})
                .toList());
    }
}
