package dev.noether.lab.reproduce.page;

import dev.noether.lab.html.Page;
import dev.noether.lab.html.Table;
import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.result.ReproductionReport;
import dev.noether.lab.reproduce.run.MethodResult;
import dev.noether.lab.reproduce.run.RunResult;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import dev.noether.model.symmetry.GeneratorStructure;
import dev.noether.model.symmetry.Generators;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** The training time of each method, and the memory of generators by structure. */
record CostSection(ReproductionReport report) {
    private static final int WIDTH = 512;
    private static final int COUNT = 10;
    private static final int RANK = 4;
    private static final double MEBIBYTE = 1 << 20;

    void addTo(Page page) {
        page.section("Cost");
        page.add(times());
        page.note(
                "Seconds of one training (mean over the trials of the search), and in parentheses as a multiple of the"
                        + " plain autoencoder's on the same set. Other trainings may have run in parallel, so that only"
                        + " ratios are meaningful.");
        page.add(structures());
        page.note("Ten generators on 512 values, by structure. The paper uses full generators and names their memory as"
                + " its bottleneck. Training needs four times the memory, for gradients and the optimiser's"
                + " moments.");
    }

    private Table times() {
        List<ComparedMethod> columns =
                report.methods().stream().filter(ComparedMethod::isNetwork).toList();
        List<String> head = new ArrayList<>(List.of("set"));
        columns.forEach(method -> head.add(method.label()));
        Table table = new Table(head);
        for (BenchmarkSet set : report.sets()) {
            List<String> row = new ArrayList<>();
            OptionalDouble plain = seconds(set, ComparedMethod.AE);
            for (ComparedMethod method : columns) {
                OptionalDouble own = seconds(set, method);
                String ratio = own.isPresent() && plain.isPresent() && plain.getAsDouble() > 0
                        ? " (× " + NumberText.number(own.getAsDouble() / plain.getAsDouble()) + ")"
                        : "";
                row.add(own.isPresent() ? NumberText.number(own.getAsDouble()) + ratio : "–");
            }
            table.row(set.name(), row);
        }
        return table;
    }

    private OptionalDouble seconds(BenchmarkSet set, ComparedMethod method) {
        Optional<MethodResult> result = report.result(set, method);
        return result.isEmpty()
                ? OptionalDouble.empty()
                : result.get().trials().stream().mapToDouble(RunResult::seconds).average();
    }

    private static Table structures() {
        Table table = new Table(List.of("structure", "numbers", "MiB", "multiplications for a point"));
        for (GeneratorStructure structure : GeneratorStructure.values()) {
            Generators generators = structure.initialised(WIDTH, COUNT, RANK, new SplittableRandom(1));
            table.row(
                    structure.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    List.of(
                            NumberText.count(generators.parameterCount()),
                            NumberText.number(generators.bytes() / MEBIBYTE),
                            NumberText.count(generators.multiplicationsPerPoint())));
        }
        return table;
    }
}
