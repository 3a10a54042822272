package dev.noether.cli.reproduce.page;

import dev.noether.cli.reproduce.BenchmarkSet;
import dev.noether.cli.reproduce.CellResult;
import dev.noether.cli.reproduce.Competitor;
import dev.noether.cli.reproduce.PaperTable;
import dev.noether.cli.reproduce.ReproductionReport;
import dev.noether.cli.reproduce.ReproductionReport.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table beside the paper's figures. */
record TableSection(ReproductionReport report) {

    String html() {
        List<Competitor> columns =
                report.competitors().stream().filter(Competitor::inTable).toList();
        List<String> head = new ArrayList<>(List.of("set", "paper AE", "paper best"));
        columns.forEach(competitor -> head.add(Html.text(competitor.label())));
        List<List<String>> rows =
                report.sets().stream().map(set -> row(set, columns)).toList();
        return "<h2>Test error × 100</h2>\n"
                + Html.paragraph(
                        "Mean ± standard deviation over runs of the mean squared error on the test part, at the epoch"
                                + " that was best on validation. Bold: the smallest of our own columns; it need not be a significant"
                                + " difference, for that see the ablation. A dagger counts failed runs, which are in no mean.")
                + "<div class=\"wide\">" + Html.table(head, rows) + "</div>\n";
    }

    private List<String> row(BenchmarkSet set, List<Competitor> columns) {
        Optional<PaperTable.Row> paper = PaperTable.row(set.name());
        List<String> row = new ArrayList<>();
        row.add(Html.text(set.name()));
        row.add(paper.map(figures -> Html.number(figures.plain())).orElse("–"));
        row.add(paper.map(figures -> Html.number(figures.best())).orElse("–"));
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
            row.add(figure.map(value -> cell(value, value.mean() == best)).orElse("failed") + mark);
        }
        return row;
    }

    private static String cell(Figure figure, boolean best) {
        String text = Html.number(figure.mean()) + " ± " + Html.number(figure.std());
        return best ? "<span class=\"best\">" + text + "</span>" : text;
    }
}
