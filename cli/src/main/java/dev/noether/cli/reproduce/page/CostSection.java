package dev.noether.cli.reproduce.page;

import dev.noether.cli.reproduce.BenchmarkSet;
import dev.noether.cli.reproduce.CellResult;
import dev.noether.cli.reproduce.Competitor;
import dev.noether.cli.reproduce.ReproductionReport;
import dev.noether.cli.reproduce.RunResult;
import dev.noether.model.symmetry.GeneratorStructure;
import dev.noether.model.symmetry.Generators;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** What methods and generators cost. */
record CostSection(ReproductionReport report) {
    private static final int WIDTH = 512;
    private static final int COUNT = 10;
    private static final int RANK = 4;
    private static final double MEBIBYTE = 1 << 20;

    String html() {
        return "<h2>Cost</h2>\n"
                + Html.paragraph(
                        "Seconds of one training without its curve (mean over the search's trials), and as a multiple of the"
                                + " plain autoencoder's on the same set. Measured while other trainings ran beside it, if there were jobs"
                                + " for it: take ratios.")
                + "<div class=\"wide\">" + times() + "</div>\n"
                + Html.paragraph(
                        "Ten generators on 512 values, by structure; the paper has full ones and calls their memory its bottleneck."
                                + " Training takes four times the memory, for gradients and the optimiser's moments.")
                + structures();
    }

    private String times() {
        List<Competitor> columns =
                report.competitors().stream().filter(Competitor::isNetwork).toList();
        List<String> head = new ArrayList<>(List.of("set"));
        columns.forEach(competitor -> head.add(Html.text(competitor.label())));
        List<List<String>> rows = new ArrayList<>();
        for (BenchmarkSet set : report.sets()) {
            List<String> row = new ArrayList<>(List.of(Html.text(set.name())));
            OptionalDouble plain = seconds(set, Competitor.AE);
            for (Competitor competitor : columns) {
                OptionalDouble own = seconds(set, competitor);
                String ratio = own.isPresent() && plain.isPresent() && plain.getAsDouble() > 0
                        ? " (× " + Html.number(own.getAsDouble() / plain.getAsDouble()) + ")"
                        : "";
                row.add(own.isPresent() ? Html.number(own.getAsDouble()) + ratio : "–");
            }
            rows.add(row);
        }
        return Html.table(head, rows);
    }

    private OptionalDouble seconds(BenchmarkSet set, Competitor competitor) {
        Optional<CellResult> cell = report.cell(set, competitor);
        return cell.isEmpty()
                ? OptionalDouble.empty()
                : cell.get().trials().stream().mapToDouble(RunResult::seconds).average();
    }

    private static String structures() {
        List<List<String>> rows = new ArrayList<>();
        for (GeneratorStructure structure : GeneratorStructure.values()) {
            Generators generators = structure.initialised(WIDTH, COUNT, RANK, new SplittableRandom(1));
            rows.add(List.of(
                    Html.text(structure.name().toLowerCase(Locale.ROOT).replace('_', ' ')),
                    Html.count(generators.parameterCount()),
                    Html.number(generators.bytes() / MEBIBYTE),
                    Html.count(generators.multiplicationsPerPoint())));
        }
        return Html.table(List.of("structure", "numbers", "MiB", "multiplications for a point"), rows);
    }
}
