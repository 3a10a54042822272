package dev.noether.lab.reproduce.page;

import dev.noether.lab.report.Page;
import dev.noether.lab.report.Table;
import dev.noether.lab.reproduce.BenchmarkSet;
import dev.noether.lab.reproduce.CellResult;
import dev.noether.lab.reproduce.Competitor;
import dev.noether.lab.reproduce.ReproductionReport;
import dev.noether.lab.reproduce.RunResult;
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

    void addTo(Page page) {
        page.section("Cost");
        page.add(times());
        page.note(
                "Seconds of one training without its curve (mean over the search's trials), and as a multiple of the plain"
                        + " autoencoder's on the same set. Measured while other trainings ran beside it, if there were jobs for it: take"
                        + " ratios.");
        page.add(structures());
        page.note(
                "Ten generators on 512 values, by structure; the paper has full ones and calls their memory its bottleneck."
                        + " Training takes four times the memory, for gradients and the optimiser's moments.");
    }

    private Table times() {
        List<Competitor> columns =
                report.competitors().stream().filter(Competitor::isNetwork).toList();
        List<String> head = new ArrayList<>(List.of("set"));
        columns.forEach(competitor -> head.add(competitor.label()));
        Table table = new Table(head);
        for (BenchmarkSet set : report.sets()) {
            List<String> row = new ArrayList<>();
            OptionalDouble plain = seconds(set, Competitor.AE);
            for (Competitor competitor : columns) {
                OptionalDouble own = seconds(set, competitor);
                String ratio = own.isPresent() && plain.isPresent() && plain.getAsDouble() > 0
                        ? " (× " + Numbers.number(own.getAsDouble() / plain.getAsDouble()) + ")"
                        : "";
                row.add(own.isPresent() ? Numbers.number(own.getAsDouble()) + ratio : "–");
            }
            table.row(set.name(), row);
        }
        return table;
    }

    private OptionalDouble seconds(BenchmarkSet set, Competitor competitor) {
        Optional<CellResult> cell = report.cell(set, competitor);
        return cell.isEmpty()
                ? OptionalDouble.empty()
                : cell.get().trials().stream().mapToDouble(RunResult::seconds).average();
    }

    private static Table structures() {
        Table table = new Table(List.of("structure", "numbers", "MiB", "multiplications for a point"));
        for (GeneratorStructure structure : GeneratorStructure.values()) {
            Generators generators = structure.initialised(WIDTH, COUNT, RANK, new SplittableRandom(1));
            table.row(
                    structure.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    List.of(
                            Numbers.count(generators.parameterCount()),
                            Numbers.number(generators.bytes() / MEBIBYTE),
                            Numbers.count(generators.multiplicationsPerPoint())));
        }
        return table;
    }
}
