package dev.noether.lab.evaluate.output;

import dev.noether.lab.evaluate.Evaluation;
import dev.noether.lab.evaluate.measure.AlarmBudgetResult;
import dev.noether.lab.evaluate.measure.CauseHitRates;
import dev.noether.lab.evaluate.measure.DetectionMetric;
import dev.noether.lab.evaluate.measure.MetricValues;
import dev.noether.lab.evaluate.measure.ScoreChartData;
import dev.noether.lab.evaluate.measure.SeriesReport;
import dev.noether.lab.evaluate.measure.SetReport;
import dev.noether.lab.evaluate.portrait.ShapePortrait;
import dev.noether.lab.html.Page;
import dev.noether.lab.html.Table;
import dev.noether.lab.html.Table.Cell;
import dev.noether.lab.metric.PairedDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The page of an evaluation: per set the means, the differences, the alarm budget, the causes, and a picture per
 * series.
 */
public final class EvaluationPage {
    private static final int MOST_INCIDENTS = 100;
    private static final Set<DetectionMetric> NOT_COMPARED =
            Set.of(DetectionMetric.SECONDS, DetectionMetric.INCIDENTS_PER_EVENT, DetectionMetric.RANK_DELAY);

    private EvaluationPage() {}

    /** The page as HTML. */
    public static String of(List<SetReport> sets) {
        return of(sets, page -> {});
    }

    /**
     * The page as HTML, with something before the sets.
     *
     * @param lead writes it
     */
    public static String of(List<SetReport> sets, Consumer<Page> lead) {
        Page page = new Page("Noether: evaluation")
                .paragraph("Each detector is trained on the training rows of a series and evaluated on its test rows."
                        + " noether runs through the operators that score live streams. Means are over series.")
                .note("VUS-PR, VUS-ROC, AUC and event-F1 use the anomaly score. Events found and delays (in rows) at"
                        + " 1, 10 and 100 false alarms per 10,000 normal rows use the alarm score. The time of"
                        + " a peer includes its training.")
                .note("UCR score: share of series in which the row with the largest score lies within 100 rows (or the"
                        + " event's length, if that is longer) of the one labelled event. Delayed: the same figures for"
                        + " a score that is known later, by the rank delay in rows. The value of a row is then the mean"
                        + " of the scores of that row and of the rows up to the delay.");
        lead.accept(page);
        sets.forEach(set -> section(page, set));
        return page.html();
    }

    private static void section(Page page, SetReport set) {
        page.section(set.name() + " (" + set.series().size() + " series)");
        page.add(means(set));
        if (set.detectors().size() > 1) {
            page.heading("Differences, noether minus peer, paired by series");
            page.note("Mean ± standard error. Bold: the 95 % interval does not contain zero. All other differences are"
                    + " within noise.");
            page.add(differences(set));
        }
        budget(page, set);
        causes(page, set);
        failures(page, set);
        page.folded("Each series", perSeries(set));
        List<SeriesReport> drawn =
                set.series().stream().filter(one -> one.chart() != null).toList();
        if (!drawn.isEmpty()) {
            page.heading("Alarm scores, labelled events and opened incidents");
            page.note("Below the scores: the values of the features with the largest shares of the anomalous scores.");
            drawn.forEach(series -> pictures(page, series));
        }
    }

    private static void pictures(Page page, SeriesReport series) {
        ScoreChartData chart = series.chart();
        if (chart == null) {
            return;
        }
        page.add(EvaluationPlots.scores(series.name(), chart));
        EvaluationPlots.features(chart).forEach(page::add);
        ShapePortrait portrait = chart.details().portrait();
        if (!series.shape().isEmpty()) {
            page.note(series.name() + ": " + series.shape() + ".");
        }
        if (portrait != null) {
            ShapePictures.add(page, series.name(), portrait);
        }
        if (!series.isLabelled()) {
            series.incidents().stream().limit(MOST_INCIDENTS).forEach(page::note);
        }
    }

    private static Table means(SetReport set) {
        List<DetectionMetric> columns = ConsoleTable.columns(set);
        Table table = new Table(titles("detector", columns));
        Map<String, MetricValues> means = set.means();
        for (Map.Entry<String, MetricValues> entry : means.entrySet()) {
            List<Cell> cells = new ArrayList<>();
            for (DetectionMetric measure : columns) {
                double value = entry.getValue().get(measure);
                DoubleStream others = means.values().stream().mapToDouble(one -> one.get(measure));
                cells.add(new Cell(ConsoleTable.number(measure, value), isBest(measure, value, others)));
            }
            table.row(entry.getKey(), cells, entry.getKey().equals(Evaluation.DETECTOR));
        }
        return table;
    }

    private static boolean isBest(DetectionMetric measure, double value, DoubleStream all) {
        if (NOT_COMPARED.contains(measure)) {
            return false;
        }
        boolean lowIsGood = measure == DetectionMetric.DELAY_AT_10;
        DoubleStream known = all.filter(Double::isFinite);
        return value == (lowIsGood ? known.min() : known.max()).orElse(Double.NaN);
    }

    private static Table differences(SetReport set) {
        List<DetectionMetric> columns = JsonReport.COMPARED.stream()
                .filter(measure -> ConsoleTable.columns(set).contains(measure))
                .toList();
        Table table = new Table(titles("peer", columns));
        for (String peer : set.detectors()) {
            if (!peer.equals(Evaluation.DETECTOR)) {
                table.row(
                        peer,
                        columns.stream()
                                .map(measure -> set.difference(Evaluation.DETECTOR, peer, measure)
                                        .map(EvaluationPage::difference)
                                        .orElse(Cell.of("–")))
                                .toList(),
                        false);
            }
        }
        return table;
    }

    private static Cell difference(PairedDifference difference) {
        return new Cell(
                String.format(Locale.ROOT, "%+.3f ± %.3f", difference.mean(), difference.standardError()),
                difference.beyondNoise());
    }

    private static void budget(Page page, SetReport set) {
        List<AlarmBudgetResult> lines = Stream.concat(set.pooledBudget().stream(), set.pooledOwnBudget().stream())
                .toList();
        if (lines.isEmpty()) {
            return;
        }
        page.heading("Alarm budget");
        page.note("Promised and realised alarms per normal row, over all normal test rows of the set, with the share of"
                + " events found at that budget. The last line is the detector's own budget, from its"
                + " verdicts.");
        Table table =
                new Table(List.of("promised", "realised", "realised ÷ promised", "alarms", "normal rows", "events"));
        for (AlarmBudgetResult line : lines) {
            table.row(
                    String.format(Locale.ROOT, "%.1e", line.rate().promised()),
                    List.of(
                            String.format(Locale.ROOT, "%.2e", line.rate().realised()),
                            String.format(Locale.ROOT, "%.2f", line.rate().ratio()),
                            String.valueOf(line.rate().alarms()),
                            String.valueOf(line.rate().windows()),
                            set.table() || line.events() == 0
                                    ? "–"
                                    : String.format(Locale.ROOT, "%.3f", line.share())));
        }
        page.add(table);
        page.add(EvaluationPlots.calibration(set));
    }

    private static void causes(Page page, SetReport set) {
        List<CauseHitRates> ours = set.series().stream()
                .map(one -> one.causes().detector())
                .filter(Objects::nonNull)
                .toList();
        if (ours.isEmpty()) {
            return;
        }
        List<CauseHitRates> plain = set.series().stream()
                .map(one -> one.causes().staticDeviations())
                .filter(Objects::nonNull)
                .toList();
        page.heading("Causes");
        page.note("HitRate@100 %: share of the true causes among as many top-ranked features as there are causes."
                + " HitRate@150 %: among one and a half times as many.");
        Table table = new Table(List.of(
                "ranking by", "per incident 100 %", "per incident 150 %", "per record 100 %", "per record 150 %"));
        table.row(Evaluation.DETECTOR, cells(CauseHitRates.mean(ours)));
        table.row("static deviations", cells(CauseHitRates.mean(plain)));
        page.add(table);
    }

    private static List<String> cells(CauseHitRates causes) {
        return Stream.of(causes.event100(), causes.event150(), causes.row100(), causes.row150())
                .map(value -> String.format(Locale.ROOT, "%.3f", value))
                .toList();
    }

    private static void failures(Page page, SetReport set) {
        ConsoleTable.skips(set).forEach(page::note);
        for (SeriesReport series : set.series()) {
            series.failures()
                    .forEach((detector, why) -> page.note(detector + " failed on " + series.name() + ": " + why));
        }
    }

    private static Table perSeries(SetReport set) {
        List<DetectionMetric> columns = ConsoleTable.columns(set);
        Table table = new Table(titles("series, detector", columns));
        for (SeriesReport series : set.series()) {
            series.metrics()
                    .forEach((detector, figures) -> table.row(
                            series.name() + ", " + detector,
                            columns.stream()
                                    .map(measure -> Cell.of(ConsoleTable.number(measure, figures.get(measure))))
                                    .toList(),
                            detector.equals(Evaluation.DETECTOR)));
        }
        return table;
    }

    private static List<String> titles(String first, List<DetectionMetric> columns) {
        return Stream.concat(Stream.of(first), columns.stream().map(DetectionMetric::title))
                .toList();
    }
}
