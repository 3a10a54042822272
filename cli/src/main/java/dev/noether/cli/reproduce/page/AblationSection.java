package dev.noether.cli.reproduce.page;

import dev.noether.cli.reproduce.Ablation;
import dev.noether.cli.reproduce.Ablation.Comparison;
import dev.noether.cli.reproduce.BenchmarkSet;
import dev.noether.cli.reproduce.Competitor;
import dev.noether.cli.reproduce.ReproductionReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Each method minus the plain autoencoder. */
record AblationSection(ReproductionReport report, Ablation ablation) {

    String html() {
        List<String> labels = report.competitors().stream()
                .filter(competitor -> competitor != Competitor.AE)
                .map(Competitor::label)
                .toList();
        List<String> head = new ArrayList<>(List.of("minus ae"));
        labels.forEach(label -> head.add(Html.text(label)));
        List<List<String>> rows = new ArrayList<>();
        for (BenchmarkSet set : report.sets()) {
            rows.add(row(set.name(), labels, ablation.sets().getOrDefault(set.name(), Map.of())));
        }
        if (!ablation.overall().isEmpty()) {
            rows.add(row("all sets, % of ae", labels, ablation.overall()));
        }
        return "<h2>Ablation</h2>\n"
                + Html.paragraph(
                        "Test error × 100 of each method minus that of the plain autoencoder, paired over seeds (same split,"
                                + " same initial weights, same number of trials in the search), with the 95 % interval"
                                + " of the mean by Student's t. Below 0 the method is better. Grey: the interval contains 0, which is"
                                + " neither a win nor a loss. The linear baselines and the default model train on other terms (the"
                                + " baselines on all training rows) and stand here for size only.")
                + Html.paragraph(
                        "Controls for the free generators of lie1 and lie2: lie1-zero is Eq. 12 with all generators held at"
                                + " 0, weight-decay and noise are the plain autoencoder with decay of its weights and on rows moved by noise. What"
                                + " a control gains as well was not gained by a learned symmetry.")
                + "<div class=\"wide\">" + Html.table(head, rows) + "</div>\n";
    }

    private static List<String> row(String name, List<String> labels, Map<String, Comparison> comparisons) {
        List<String> row = new ArrayList<>(List.of(Html.text(name)));
        labels.forEach(label -> row.add(cell(comparisons.get(label))));
        return row;
    }

    private static String cell(@Nullable Comparison comparison) {
        if (comparison == null) {
            return "–";
        }
        String kind = !comparison.beyondNoise() ? "noise" : comparison.mean() < 0 ? "better" : "worse";
        return "<span class=\"%s\">%s [%s, %s]</span>"
                .formatted(
                        kind,
                        Html.number(comparison.mean()),
                        Html.number(comparison.lower()),
                        Html.number(comparison.upper()));
    }
}
