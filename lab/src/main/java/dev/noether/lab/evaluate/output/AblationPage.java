package dev.noether.lab.evaluate.output;

import dev.noether.lab.evaluate.ablate.AblationComparison;
import dev.noether.lab.evaluate.ablate.AblationReport;
import dev.noether.lab.evaluate.ablate.AblationSeries;
import dev.noether.lab.evaluate.ablate.AblationVariant;
import dev.noether.lab.evaluate.measure.DetectionMetric;
import dev.noether.lab.html.Page;
import dev.noether.lab.html.Table;
import dev.noether.lab.html.Table.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The page of an ablation: per set the means, the paired differences, and each series. */
public final class AblationPage {
    private AblationPage() {}

    /** The page as HTML. */
    public static String of(List<AblationReport> reports) {
        Page page = new Page("Noether: what the learned symmetry is worth")
                .paragraph(
                        "Windows of a signal that repeats are judged in different ways. All variants see the same rows,"
                                + " and each score uses the rows up to its own alone.")
                .note("Prototypes: windows of a quarter, a half and a whole period, compared with training windows."
                        + " Σ = 0: no motion is allowed. Σ = ∞: all motions are free. One window: the whole period"
                        + " alone.")
                .note("Networks: residual autoencoders of the window of a whole period. lie1, lie2: the penalties of"
                        + " first and second order. Orbits: training windows moved along the learned flow. Mod Σ: what"
                        + " the network leaves is judged modulo the learned motions of its reconstruction.");
        reports.forEach(report -> section(page, report));
        return page.html();
    }

    private static void section(Page page, AblationReport report) {
        page.section(report.name() + " (" + report.judged().size() + " of "
                + report.series().size() + " series)");
        for (AblationSeries one : report.series()) {
            if (one.metrics().isEmpty()) {
                page.note(one.name() + " was not judged: " + one.reason());
            }
        }
        if (report.judged().isEmpty()) {
            return;
        }
        page.add(means(report));
        if (report.judged().size() < 2) {
            page.note(AblationTable.NO_PAIRS);
            return;
        }
        page.heading("Paired differences over the series");
        page.note("Mean and 95 % interval. Bold: the interval does not contain 0. All other differences are within"
                + " noise.");
        page.add(differences(report));
        page.folded("Each series, VUS-PR", perSeries(report));
    }

    private static Table means(AblationReport report) {
        Table table = new Table(titles("variant"));
        for (AblationVariant variant : AblationVariant.values()) {
            List<Cell> cells = new ArrayList<>();
            for (DetectionMetric measure : AblationReport.METRICS) {
                cells.add(Cell.of(AblationTable.number(report.mean(variant, measure))));
            }
            table.row(variant.title(), cells, variant == AblationVariant.PROTOTYPES);
        }
        return table;
    }

    private static Table differences(AblationReport report) {
        Table table = new Table(titles("difference"));
        for (AblationComparison comparison : AblationComparison.all()) {
            List<Cell> cells = new ArrayList<>();
            for (DetectionMetric measure : AblationReport.METRICS) {
                String text = AblationTable.difference(report, comparison, measure);
                boolean isBeyondNoise = text.endsWith("*");
                cells.add(new Cell(isBeyondNoise ? text.substring(0, text.length() - 2) : text, isBeyondNoise));
            }
            table.row(comparison.title(), cells, false);
        }
        return table;
    }

    private static Table perSeries(AblationReport report) {
        List<String> columns = new ArrayList<>(List.of("series", "period", "code"));
        Stream.of(AblationVariant.values()).map(AblationVariant::title).forEach(columns::add);
        Table table = new Table(columns);
        for (AblationSeries one : report.judged()) {
            List<String> texts = new ArrayList<>();
            texts.add(String.valueOf(one.view().period()));
            texts.add(String.valueOf(one.view().codeSize()));
            for (AblationVariant variant : AblationVariant.values()) {
                texts.add(AblationTable.number(one.value(variant, DetectionMetric.VUS_PR)));
            }
            table.row(one.name(), texts);
        }
        return table;
    }

    private static List<String> titles(String first) {
        return Stream.concat(Stream.of(first), AblationReport.METRICS.stream().map(DetectionMetric::title))
                .toList();
    }
}
