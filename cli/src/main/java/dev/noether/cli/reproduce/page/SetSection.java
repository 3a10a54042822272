package dev.noether.cli.reproduce.page;

import dev.noether.cli.reproduce.BenchmarkSet;
import dev.noether.cli.reproduce.CellResult;
import dev.noether.cli.reproduce.Competitor;
import dev.noether.cli.reproduce.InsideView;
import dev.noether.cli.reproduce.ReproductionReport;
import dev.noether.cli.reproduce.RunResult;
import dev.noether.cli.reproduce.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The curves and the inside views of one set. */
record SetSection(ReproductionReport report) {

    String html(BenchmarkSet set) {
        StringBuilder section = new StringBuilder("<h3>" + Html.text(set.name()) + "</h3>\n");
        section.append(Html.paragraph("%s training rows, %s test rows, %s values each.%s"
                .formatted(
                        Html.count(set.train().count()),
                        Html.count(set.test().count()),
                        Html.count(set.train().length()),
                        set.notes().isEmpty() ? "" : " This set " + String.join("; ", set.notes()) + ".")));
        List<CellResult> cells = report.competitors().stream()
                .map(competitor -> report.cell(set, competitor))
                .flatMap(Optional::stream)
                .toList();
        section.append("<div class=\"row\">")
                .append(figure(
                        curves(cells),
                        "Test error × 100 over epochs: mean over runs, band of one standard deviation"
                                + " (Figs. 4 and 6). First test rows only where there are more than a thousand."))
                .append(
                        figure(
                                regions(cells),
                                "Regions of the decoder met in a ball about the code of a test row, by its radius in"
                                        + " standard deviations of the codes (Fig. 3); met on 32 straight ways, a lower bound; first run."))
                .append("</div>\n<div class=\"row\">");
        for (CellResult cell : cells) {
            inside(cell).map(InsideView::use).ifPresent(use -> section.append(epsilon(cell, use)));
        }
        section.append("</div>\n").append(choices(cells)).append(learningRates(cells));
        return section.toString();
    }

    private static String figure(LineChart chart, String caption) {
        String svg = chart.svg();
        return svg.isEmpty() ? "" : "<figure>" + svg + "<figcaption>" + Html.text(caption) + "</figcaption></figure>\n";
    }

    private static LineChart curves(List<CellResult> cells) {
        List<LineChart.Line> lines = new ArrayList<>();
        for (CellResult cell : cells) {
            List<List<Double>> curves = cell.runs().stream()
                    .filter(run -> run.failure() == null)
                    .map(RunResult::testCurve)
                    .filter(curve -> !curve.isEmpty())
                    .toList();
            if (!curves.isEmpty()) {
                lines.add(Band.of(cell.competitor().label(), curves));
            }
        }
        return new LineChart("epoch", "test error × 100", true, lines);
    }

    private static LineChart regions(List<CellResult> cells) {
        List<LineChart.Line> lines = new ArrayList<>();
        for (CellResult cell : cells) {
            inside(cell).ifPresent(view -> {
                double[] counts = numbers(view.regions());
                lines.add(new LineChart.Line(cell.competitor().label(), numbers(view.radii()), counts, counts, counts));
            });
        }
        return new LineChart("radius", "regions", true, lines);
    }

    private static String epsilon(CellResult cell, InsideView.Use use) {
        if (use.shares().isEmpty()) {
            // All neighbours that were sampled lie in the region of their point: nothing there for Eq. 13 to relate.
            return Html.paragraph(
                    cell.competitor().label() + ": none of the sampled pairs had a neighbouring region (Fig. 5).");
        }
        String map = new HeatMap("generator", "pair of neighbours", use.shares()).svg();
        return "<figure>%s<figcaption>%s: what each generator contributes to relating a pair, largest of a pair dark (Fig. 5)."
                        .formatted(map, Html.text(cell.competitor().label()))
                + " Transformations really used: %s of %d. Hoyer sparsity %s. Not explained by any: %s.</figcaption></figure>%n"
                        .formatted(
                                orNone(use.used()),
                                use.shares().get(0).size(),
                                orNone(use.sparsity()),
                                orNone(use.unexplained()));
    }

    private static String choices(List<CellResult> cells) {
        List<List<String>> rows = new ArrayList<>();
        for (CellResult cell : cells) {
            Setting setting = cell.setting();
            String remark = cell.runs().stream()
                    .map(RunResult::remark)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("");
            rows.add(List.of(
                    Html.text(cell.competitor().label()),
                    setting == null ? "" : Html.number(setting.learningRate()),
                    setting == null || setting.strength() == 0 ? "" : Html.number(setting.strength()),
                    epochs(cell),
                    inside(cell)
                            .map(view -> Html.number(view.biorthogonalityDefect()))
                            .orElse(""),
                    Html.number(cell.seconds()),
                    Html.text(remark + failures(cell))));
        }
        return Html.table(
                List.of(
                        "method",
                        "learning rate",
                        "strength",
                        "best epoch",
                        "bi-orthogonality defect",
                        "seconds in all",
                        "remarks (first run), failures"),
                rows);
    }

    /** How far the plain autoencoder's figure hangs on a choice that the paper does not tell of. */
    private static String learningRates(List<CellResult> cells) {
        return cells.stream()
                .filter(cell -> cell.competitor() == Competitor.AE)
                .map(cell -> cell.trials().stream()
                        .filter(trial -> trial.testError() != null && trial.learningRate() != null)
                        .map(trial -> orNone(trial.learningRate()) + " → " + hundredfold(trial.testError()))
                        .collect(Collectors.joining(", ")))
                .filter(trials -> !trials.isEmpty())
                .map(trials -> Html.paragraph(
                        "The plain autoencoder by learning rate alone, one training each, test error × 100"
                                + " (looked at here, not chosen by): " + trials + "."))
                .collect(Collectors.joining());
    }

    private static String hundredfold(@Nullable Double error) {
        return error == null ? "–" : Html.number(100 * error);
    }

    private static String epochs(CellResult cell) {
        return cell.setting() == null
                ? ""
                : Html.number(cell.runs().stream()
                        .filter(run -> run.failure() == null)
                        .mapToInt(RunResult::bestEpoch)
                        .average()
                        .orElse(Double.NaN));
    }

    private static String failures(CellResult cell) {
        return cell.failed() == 0
                ? ""
                : " " + cell.failed() + " of " + cell.runs().size() + " runs failed: diverged twice";
    }

    private static Optional<InsideView> inside(CellResult cell) {
        return cell.runs().stream()
                .map(RunResult::inside)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static String orNone(@Nullable Double value) {
        return value == null ? "–" : Html.number(value);
    }

    static double[] numbers(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
