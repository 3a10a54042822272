package dev.noether.lab.reproduce.page;

import dev.noether.lab.report.Axis;
import dev.noether.lab.report.Captioned;
import dev.noether.lab.report.Element;
import dev.noether.lab.report.HeatMap;
import dev.noether.lab.report.Page;
import dev.noether.lab.report.Plot;
import dev.noether.lab.report.SideBySide;
import dev.noether.lab.report.Table;
import dev.noether.lab.reproduce.BenchmarkSet;
import dev.noether.lab.reproduce.CellResult;
import dev.noether.lab.reproduce.Competitor;
import dev.noether.lab.reproduce.InsideView;
import dev.noether.lab.reproduce.ReproductionReport;
import dev.noether.lab.reproduce.RunResult;
import dev.noether.lab.reproduce.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The curves, the inside views and the portrait of one set. */
record SetSection(ReproductionReport report) {
    private static final int WIDTH = 520;
    private static final int HEIGHT = 270;

    void addTo(Page page, BenchmarkSet set) {
        page.heading(set.name());
        page.note("%s training rows, %s test rows, %s values each.%s"
                .formatted(
                        Numbers.count(set.train().count()),
                        Numbers.count(set.test().count()),
                        Numbers.count(set.train().length()),
                        set.notes().isEmpty() ? "" : " This set " + String.join("; ", set.notes()) + "."));
        List<CellResult> cells = report.competitors().stream()
                .map(competitor -> report.cell(set, competitor))
                .flatMap(Optional::stream)
                .toList();
        page.add(new SideBySide(Stream.of(curves(cells), regions(cells))
                .flatMap(Optional::stream)
                .toList()));
        page.add(new SideBySide(cells.stream()
                .flatMap(cell -> inside(cell).map(InsideView::use).stream().map(use -> epsilon(cell, use)))
                .toList()));
        new PortraitSection(cells).addTo(page);
        page.folded("What was chosen, and what failed", choices(cells));
        learningRates(page, cells);
    }

    private static List<String> names() {
        return Competitor.all().stream()
                .filter(Competitor::isNetwork)
                .map(Competitor::label)
                .toList();
    }

    private static Optional<Element> curves(List<CellResult> cells) {
        List<Band> bands = new ArrayList<>();
        for (CellResult cell : cells) {
            List<List<Double>> curves = cell.runs().stream()
                    .filter(run -> run.failure() == null)
                    .map(RunResult::testCurve)
                    .filter(curve -> !curve.isEmpty())
                    .toList();
            if (!curves.isEmpty()) {
                bands.add(Band.of(cell.competitor().label(), curves));
            }
        }
        if (bands.isEmpty()) {
            return Optional.empty();
        }
        double[] last = bands.stream()
                .mapToDouble(band -> band.epochs()[band.epochs().length - 1])
                .toArray();
        Axis across = Axis.around("epoch", new double[] {1}, last);
        double[] means = bands.stream()
                .flatMapToDouble(band -> DoubleStream.of(band.mean()))
                .toArray();
        Plot plot = new Plot("Test error over epochs", across, errors(means), WIDTH, HEIGHT).colours(names());
        bands.forEach(band -> plot.band(band.name(), band.epochs(), band.low(), band.high()));
        bands.forEach(band -> plot.line(band.name(), band.epochs(), band.mean()));
        return Optional.of(
                new Captioned(
                        plot,
                        "Test error × 100: mean over runs, band of one standard deviation (Figs. 4 and 6 of the paper). A line that rises"
                                + " again learns the training rows by heart. Of more than a thousand test rows the first thousand."));
    }

    /** Logarithmic, from the least to the most; what is 0 counts as next to nothing. */
    private static Axis errors(double[] values) {
        double most = DoubleStream.of(values).max().orElse(1);
        double least = DoubleStream.of(values).filter(value -> value > 0).min().orElse(1);
        return Axis.logarithmic("test error × 100", Math.max(least, most * 1e-6), Math.max(most, Double.MIN_NORMAL));
    }

    private static Optional<Element> regions(List<CellResult> cells) {
        List<CellResult> seen =
                cells.stream().filter(cell -> inside(cell).isPresent()).toList();
        double most = seen.stream()
                .flatMap(cell -> inside(cell).orElseThrow().regions().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        if (seen.isEmpty() || !(most > 0)) {
            return Optional.empty();
        }
        double[] radii = numbers(inside(seen.get(0)).orElseThrow().radii());
        Plot plot = new Plot(
                        "Regions of the decoder",
                        Axis.around("radius, standard deviations of the codes", radii),
                        Axis.logarithmic("regions", 1, Math.max(2, most)),
                        WIDTH,
                        HEIGHT)
                .colours(names());
        for (CellResult cell : seen) {
            InsideView view = inside(cell).orElseThrow();
            plot.line(cell.competitor().label(), numbers(view.radii()), numbers(view.regions()));
        }
        return Optional.of(new Captioned(
                plot,
                "How many affine regions of the decoder are met in a ball about the code of a test row (Fig. 3): the surface bends where"
                        + " a region ends. Met on 32 straight ways, a lower bound; first run."));
    }

    private static Element epsilon(CellResult cell, InsideView.Use use) {
        String name = cell.competitor().label();
        if (use.shares().isEmpty()) {
            return new Captioned(
                    () -> "",
                    name
                            + ": none of the sampled pairs had a neighbouring region, so that there is nothing for Eq. 13 to"
                            + " relate (Fig. 5).");
        }
        double[][] shares = use.shares().stream().map(SetSection::numbers).toArray(double[][]::new);
        return new Captioned(
                HeatMap.small(name + ": which generators relate neighbours", "generator", "pair of neighbours", shares),
                "Each row is a pair of neighbours, each column a generator; full colour is what contributes most to the pair (Fig. 5)."
                        + " Transformations really used: %s of %d; Hoyer sparsity %s; share of the difference that none explains: %s."
                                .formatted(
                                        orNone(use.used()),
                                        use.shares().get(0).size(),
                                        orNone(use.sparsity()),
                                        orNone(use.unexplained())));
    }

    private static Table choices(List<CellResult> cells) {
        Table table = new Table(List.of(
                "method",
                "learning rate",
                "strength",
                "best epoch",
                "bi-orthogonality defect",
                "seconds in all",
                "remarks (first run), failures"));
        for (CellResult cell : cells) {
            Setting setting = cell.setting();
            String remark = cell.runs().stream()
                    .map(RunResult::remark)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("");
            table.row(
                    cell.competitor().label(),
                    List.of(
                            setting == null ? "" : Numbers.number(setting.learningRate()),
                            setting == null || setting.strength() == 0 ? "" : Numbers.number(setting.strength()),
                            epochs(cell),
                            inside(cell)
                                    .map(view -> Numbers.number(view.biorthogonalityDefect()))
                                    .orElse(""),
                            Numbers.number(cell.seconds()),
                            remark + failures(cell)));
        }
        return table;
    }

    /** How far the plain autoencoder's figure hangs on a choice that the paper does not tell of. */
    private static void learningRates(Page page, List<CellResult> cells) {
        cells.stream()
                .filter(cell -> cell.competitor() == Competitor.AE)
                .map(cell -> cell.trials().stream()
                        .filter(trial -> trial.testError() != null && trial.learningRate() != null)
                        .map(trial -> orNone(trial.learningRate()) + " → " + hundredfold(trial.testError()))
                        .collect(Collectors.joining(", ")))
                .filter(trials -> !trials.isEmpty())
                .forEach(trials ->
                        page.note("The plain autoencoder by learning rate alone, one training each, test error × 100"
                                + " (looked at here, not chosen by): " + trials + "."));
    }

    private static String hundredfold(@Nullable Double error) {
        return error == null ? "–" : Numbers.number(100 * error);
    }

    private static String epochs(CellResult cell) {
        return cell.setting() == null
                ? ""
                : Numbers.number(cell.runs().stream()
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
        return value == null ? "–" : Numbers.number(value);
    }

    static double[] numbers(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
