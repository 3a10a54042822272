package dev.noether.lab.reproduce.page;

import dev.noether.lab.report.Page;
import dev.noether.lab.report.Table;
import dev.noether.lab.report.Table.Cell;
import dev.noether.lab.report.Table.Tone;
import dev.noether.lab.reproduce.BenchmarkSet;
import dev.noether.lab.reproduce.CellResult;
import dev.noether.lab.reproduce.Competitor;
import dev.noether.lab.reproduce.PaperTable;
import dev.noether.lab.reproduce.ReproductionReport;
import dev.noether.lab.reproduce.ReproductionReport.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table beside the paper's figures. */
record TableSection(ReproductionReport report) {

    void addTo(Page page) {
        List<Competitor> columns =
                report.competitors().stream().filter(Competitor::inTable).toList();
        List<String> head = new ArrayList<>(List.of("set", "paper AE", "paper best"));
        columns.forEach(competitor -> head.add(competitor.label()));
        Table table = new Table(head);
        report.sets().forEach(set -> table.row(set.name(), row(set, columns), false));
        page.section("Test error × 100")
                .add(table)
                .note(
                        "Mean ± standard deviation over runs of the mean squared error on the test part, at the epoch that was best"
                                + " on validation. Bold: the smallest of our own columns, which need not be a significant difference; for"
                                + " that see the ablation. Grey: the paper's figures. A dagger counts failed runs, which are in no mean.");
    }

    private List<Cell> row(BenchmarkSet set, List<Competitor> columns) {
        Optional<PaperTable.Row> paper = PaperTable.row(set.name());
        List<Cell> row = new ArrayList<>();
        row.add(new Cell(paper.map(figures -> Numbers.number(figures.plain())).orElse("–"), Tone.FAINT));
        row.add(new Cell(paper.map(figures -> Numbers.number(figures.best())).orElse("–"), Tone.FAINT));
        double best = columns.stream()
                .map(competitor -> report.figure(set, competitor))
                .flatMap(Optional::stream)
                .mapToDouble(Figure::mean)
                .min()
                .orElse(Double.NaN);
        for (Competitor competitor : columns) {
            Optional<Figure> figure = report.figure(set, competitor);
            int failed = report.cell(set, competitor).map(CellResult::failed).orElse(0);
            String mark = failed > 0 ? " †" + failed : "";
            String text = figure.map(value -> Numbers.spread(value.mean(), value.std()))
                    .orElse("failed");
            row.add(new Cell(text + mark, figure.isPresent() && figure.get().mean() == best));
        }
        return row;
    }
}
