package dev.noether.lab.reproduce.page;

import dev.noether.lab.html.IntervalChart;
import dev.noether.lab.html.IntervalChart.Estimate;
import dev.noether.lab.html.IntervalChart.Group;
import dev.noether.lab.html.Page;
import dev.noether.lab.html.Table;
import dev.noether.lab.html.Table.Cell;
import dev.noether.lab.html.Table.Tone;
import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.result.Ablation;
import dev.noether.lab.reproduce.result.Ablation.Comparison;
import dev.noether.lab.reproduce.result.ReproductionReport;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ablation: the difference of each method to the plain autoencoder, as a chart and as tables. */
record AblationSection(ReproductionReport report, Ablation ablation) {
    /** The largest difference on the chart. Larger ones mean that the search failed. */
    private static final double MOST_PERCENT = 100;

    void addTo(Page page) {
        List<String> labels = report.methods().stream()
                .filter(method -> method != ComparedMethod.AE)
                .map(ComparedMethod::label)
                .toList();
        if (ablation.sets().values().stream().allMatch(Map::isEmpty)) {
            return;
        }
        page.section("Ablation: each method minus the plain autoencoder");
        page.paragraph(
                "Runs are paired by seed: same split, same initial weights, same number of trials in the search. A"
                        + " difference is the mean over seeds with its 95 % interval by Student's t. Green intervals"
                        + " lie below 0 (better), red ones above (worse). Grey intervals contain 0: the difference is"
                        + " within noise.");
        List<Group> groups = groups();
        if (!groups.isEmpty()) {
            page.add(new IntervalChart("difference, % of the plain autoencoder's test error", reach(groups), groups));
        }
        page.note("Controls of lie1 and lie2: lie1-zero is Eq. 12 with all generators fixed at 0. weight-decay is the"
                + " plain autoencoder with weight decay, noise the plain autoencoder on rows with added noise."
                + " A gain that a control has too is not due to a learned symmetry.");
        page.folded(
                "The same in numbers (test error × 100)", table(labels, ablation.sets(), ablation.overall(), false));
        if (ablation.detection().values().stream().anyMatch(row -> !row.isEmpty())) {
            page.heading("Anomaly detection: VUS-PR × 100, method minus plain autoencoder");
            page.note("The anomaly score of a labelled window is its squared reconstruction error, without the rest of"
                    + " Noether's detector. VUS-PR is the volume under the surface of precision and recall, the"
                    + " ranking metric of the TSB-AD benchmark. Above 0 the method is better. No choice used"
                    + " the labels.");
            page.add(table(labels, ablation.detection(), Map.of(), true));
        }
    }

    private List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        for (ComparedMethod method : report.methods()) {
            // Linear methods and the default model are trained differently: they are in the table only.
            if (!method.isNetwork() || method == ComparedMethod.AE) {
                continue;
            }
            List<Estimate> estimates = new ArrayList<>();
            for (BenchmarkSet set : report.sets()) {
                Comparison comparison =
                        ablation.sets().getOrDefault(set.name(), Map.of()).get(method.label());
                double plain = report.figure(set, ComparedMethod.AE)
                        .map(ReproductionReport.Figure::mean)
                        .orElse(0.0);
                if (comparison != null && plain > 0) {
                    double percent = 100 / plain;
                    estimates.add(new Estimate(
                            set.name(),
                            percent * comparison.mean(),
                            percent * comparison.lower(),
                            percent * comparison.upper()));
                }
            }
            if (!estimates.isEmpty()) {
                groups.add(new Group(method.label(), estimates));
            }
        }
        return groups;
    }

    private static double reach(List<Group> groups) {
        double most = groups.stream()
                .flatMap(group -> group.estimates().stream())
                .mapToDouble(estimate -> Math.max(Math.abs(estimate.low()), Math.abs(estimate.high())))
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        return Math.max(1, Math.min(MOST_PERCENT, 1.05 * most));
    }

    private Table table(
            List<String> labels,
            Map<String, Map<String, Comparison>> sets,
            Map<String, Comparison> overall,
            boolean largerIsBetter) {
        List<String> head = new ArrayList<>(List.of("minus ae"));
        head.addAll(labels);
        Table table = new Table(head);
        for (BenchmarkSet set : report.sets()) {
            if (sets.containsKey(set.name())) {
                table.row(set.name(), row(labels, sets.get(set.name()), largerIsBetter), false);
            }
        }
        if (!overall.isEmpty()) {
            table.row("all sets, % of ae", row(labels, overall, largerIsBetter), true);
        }
        return table;
    }

    private static List<Cell> row(List<String> labels, Map<String, Comparison> comparisons, boolean largerIsBetter) {
        return labels.stream()
                .map(label -> cell(comparisons.get(label), largerIsBetter))
                .toList();
    }

    private static Cell cell(@Nullable Comparison comparison, boolean largerIsBetter) {
        if (comparison == null) {
            return new Cell("–", Tone.FAINT);
        }
        boolean gain = largerIsBetter == comparison.mean() > 0;
        return new Cell(
                "%s [%s, %s]"
                        .formatted(
                                NumberText.number(comparison.mean()),
                                NumberText.number(comparison.lower()),
                                NumberText.number(comparison.upper())),
                !comparison.beyondNoise() ? Tone.FAINT : gain ? Tone.GOOD : Tone.BAD);
    }
}
