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

/** Each method minus the plain autoencoder. */
record AblationSection(ReproductionReport report, Ablation ablation) {
    /** The chart ends here; what lies beyond is a failure of the search, not a shade of difference. */
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
                "Paired over seeds: same split, same initial weights, same number of trials in the search. A difference is"
                        + " the mean over seeds with its 95 % interval by Student's t. Green lies wholly below 0 (better), red wholly"
                        + " above (worse); grey contains 0, which is neither a win nor a loss.");
        List<Group> groups = groups();
        if (!groups.isEmpty()) {
            page.add(new IntervalChart("difference, % of the plain autoencoder's test error", reach(groups), groups));
        }
        page.note(
                "Controls for the free generators of lie1 and lie2: lie1-zero is Eq. 12 with all generators held at 0,"
                        + " weight-decay and noise are the plain autoencoder with decay of its weights and on rows moved by noise. What"
                        + " a control gains as well was not gained by a learned symmetry.");
        page.folded(
                "The same in numbers (test error × 100)", table(labels, ablation.sets(), ablation.overall(), false));
        if (ablation.detection().values().stream().anyMatch(row -> !row.isEmpty())) {
            page.heading("As detectors: VUS-PR × 100, method minus plain");
            page.note(
                    "The squared error of each labelled window as its score, nothing else of the project's detector, by the"
                            + " volume under the surface of precision and recall (VUS-PR, by which the TSB-AD benchmark ranks)."
                            + " Above 0 the method is better. The labels took part in no choice.");
            page.add(table(labels, ablation.detection(), Map.of(), true));
        }
    }

    private List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        for (ComparedMethod method : report.methods()) {
            // Linear baselines and the default train on other terms, and stand in the table only.
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
