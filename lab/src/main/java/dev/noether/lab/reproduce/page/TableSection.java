package dev.noether.lab.reproduce.page;

import dev.noether.lab.html.Page;
import dev.noether.lab.html.Table;
import dev.noether.lab.html.Table.Cell;
import dev.noether.lab.html.Table.Tone;
import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.result.PublishedNumbers;
import dev.noether.lab.reproduce.result.ReproductionReport;
import dev.noether.lab.reproduce.result.ReproductionReport.Figure;
import dev.noether.lab.reproduce.run.MethodResult;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Table 1 beside the numbers of the paper. */
record TableSection(ReproductionReport report) {

    void addTo(Page page) {
        List<ComparedMethod> columns =
                report.methods().stream().filter(ComparedMethod::inTable).toList();
        List<String> head = new ArrayList<>(List.of("set", "paper AE", "paper best"));
        columns.forEach(method -> head.add(method.label()));
        Table table = new Table(head);
        report.sets().forEach(set -> table.row(set.name(), row(set, columns), false));
        page.section("Test error × 100")
                .add(table)
                .note("Mean ± standard deviation over runs of the mean squared error on the test rows, at the best"
                        + " epoch on validation. Bold: the smallest number of our columns; the ablation shows"
                        + " whether a difference is beyond noise. Grey: the paper's numbers. A dagger counts"
                        + " failed runs, which are excluded from all means.");
    }

    private List<Cell> row(BenchmarkSet set, List<ComparedMethod> columns) {
        Optional<PublishedNumbers.Row> paper = PublishedNumbers.row(set.name());
        List<Cell> row = new ArrayList<>();
        row.add(new Cell(
                paper.map(figures -> NumberText.number(figures.plain())).orElse("–"), Tone.FAINT));
        row.add(new Cell(paper.map(figures -> NumberText.number(figures.best())).orElse("–"), Tone.FAINT));
        double best = columns.stream()
                .map(method -> report.figure(set, method))
                .flatMap(Optional::stream)
                .mapToDouble(Figure::mean)
                .min()
                .orElse(Double.NaN);
        for (ComparedMethod method : columns) {
            Optional<Figure> figure = report.figure(set, method);
            int failed = report.result(set, method).map(MethodResult::failed).orElse(0);
            String mark = failed > 0 ? " †" + failed : "";
            String text = figure.map(value -> NumberText.spread(value.mean(), value.std()))
                    .orElse("failed");
            row.add(new Cell(text + mark, figure.isPresent() && figure.get().mean() == best));
        }
        return row;
    }
}
