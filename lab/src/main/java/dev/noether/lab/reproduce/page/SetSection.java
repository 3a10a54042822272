package dev.noether.lab.reproduce.page;

import dev.noether.lab.html.Page;
import dev.noether.lab.html.SideBySide;
import dev.noether.lab.reproduce.result.ReproductionReport;
import dev.noether.lab.reproduce.run.MethodResult;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The section of one set: its size, the charts, the portrait of the symmetry and the chosen hyperparameters. */
record SetSection(ReproductionReport report) {
    /** Width of a chart in pixels. */
    static final int WIDTH = 520;
    /** Height of a chart in pixels. */
    static final int HEIGHT = 270;

    void addTo(Page page, BenchmarkSet set) {
        page.heading(set.name());
        page.note("%s training rows, %s test rows, %s values each.%s"
                .formatted(
                        NumberText.count(set.train().count()),
                        NumberText.count(set.test().count()),
                        NumberText.count(set.train().length()),
                        set.notes().isEmpty() ? "" : " This set " + String.join("; ", set.notes()) + "."));
        List<MethodResult> results = report.methods().stream()
                .map(method -> report.result(set, method))
                .flatMap(Optional::stream)
                .toList();
        page.add(new SideBySide(Stream.of(TestErrorChart.of(results), InspectionFigures.regions(results))
                .flatMap(Optional::stream)
                .toList()));
        page.add(new SideBySide(
                results.stream().flatMap(InspectionFigures::generatorUse).toList()));
        new PortraitSection(results).addTo(page);
        page.folded("Chosen hyperparameters and failures", HyperparameterTable.of(results));
        HyperparameterTable.learningRates(results).ifPresent(page::note);
    }
}
