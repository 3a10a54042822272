package dev.noether.lab.evaluate.output;

import dev.noether.lab.evaluate.measure.AlarmBudgetResult;
import dev.noether.lab.evaluate.measure.ScoreChartData;
import dev.noether.lab.evaluate.measure.SeriesReport;
import dev.noether.lab.evaluate.measure.SetReport;
import dev.noether.lab.html.Axis;
import dev.noether.lab.html.Plot;
import dev.noether.lab.metric.LabelledEvent;
import dev.noether.model.numeric.ConfidenceInterval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The charts of an evaluation: alarm scores over rows, and promised against realised alarm rates. */
final class EvaluationPlots {
    /** The axis is logarithmic if the highest score exceeds the median by more than this factor. */
    private static final double WIDE = 50;

    private static final int FEATURE_HEIGHT = 140;
    private static final double HEADROOM = 1.05;
    /** A logarithmic axis starts at the median score divided by this; smaller scores lie at its lower end. */
    private static final double FLOOR = 100;

    private static final double LEAST_RATE = 1e-5;
    private static final double CONFIDENCE = 0.95;

    private EvaluationPlots() {}

    /** The alarm scores and their threshold, with labelled events shaded and incidents marked. */
    static Plot scores(String name, ScoreChartData chart) {
        double[] thresholds = chart.details().thresholds();
        Plot plot = new Plot(name, xAxis(chart), scale(chart.scores()));
        chart.events()
                .forEach(event -> plot.shade(
                        "labelled event",
                        place(chart, event.start()),
                        place(chart, event.end()),
                        "labelled event, " + stretch(chart, event)));
        plot.line("alarm score", xs(chart), chart.scores());
        if (Arrays.stream(thresholds).anyMatch(Double::isFinite)) {
            plot.reference("threshold", xs(chart), thresholds);
        }
        markIncidents(plot, chart);
        return plot;
    }

    /** The values of the leading features over the same rows, one picture each. */
    static List<Plot> features(ScoreChartData chart) {
        List<Plot> plots = new ArrayList<>();
        for (ScoreChartData.FeatureValues feature : chart.details().features()) {
            Plot plot = new Plot("", xAxis(chart), Axis.around(feature.name(), feature.values()), 860, FEATURE_HEIGHT);
            plots.add(plot.line(feature.name(), xs(chart), feature.values()));
            markIncidents(plot, chart);
        }
        return plots;
    }

    private static void markIncidents(Plot plot, ScoreChartData chart) {
        chart.incidents()
                .forEach(incident -> plot.strip(
                        "incident",
                        place(chart, incident.start()),
                        place(chart, incident.end()),
                        "incident, " + stretch(chart, incident)));
    }

    private static Axis xAxis(ScoreChartData chart) {
        return chart.details().times() == null
                ? Axis.linear("test row", 0, chart.rows())
                : Axis.time("time, UTC", place(chart, 0), place(chart, chart.rows()));
    }

    private static double[] xs(ScoreChartData chart) {
        double[] xs = new double[chart.scores().length];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = place(chart, i * chart.step());
        }
        return xs;
    }

    /** The place of a row on the axis; the end of the rows is that of the last. */
    private static double place(ScoreChartData chart, int row) {
        long[] times = chart.details().times();
        return times == null ? row : times[Math.min(row, times.length - 1)];
    }

    private static String stretch(ScoreChartData chart, LabelledEvent event) {
        String rows = "rows " + event.start() + " to " + (event.end() - 1);
        long[] times = chart.details().times();
        return times == null
                ? rows
                : rows + ", " + Instant.ofEpochMilli(times[event.start()]) + " to "
                        + Instant.ofEpochMilli(times[event.end() - 1]);
    }

    /**
     * Promised against realised alarm rates: pooled with its interval, and of each series. The diagonal means equal
     * rates.
     */
    static Plot calibration(SetReport set) {
        Axis promised = Axis.logarithmic("promised alarms per normal row", LEAST_RATE, 0.1);
        Axis realised = Axis.logarithmic("realised", LEAST_RATE, 1);
        double[] ends = {LEAST_RATE, 0.1};
        Plot plot = new Plot("Calibration", promised, realised, 560, 320)
                .band("within a factor of 2", ends, scaled(ends, 0.5), scaled(ends, 2))
                .reference("realised = promised", ends, ends);
        for (SeriesReport series : set.series()) {
            add(plot, "series", series.budgets().standard(), series.name() + ": ");
        }
        List<AlarmBudgetResult> pooled = set.pooledBudget();
        for (AlarmBudgetResult line : pooled) {
            ConfidenceInterval interval = line.rate().interval(CONFIDENCE);
            plot.interval("pooled", line.rate().promised(), interval.lower(), interval.upper());
        }
        add(plot, "pooled", pooled, "pooled: ");
        return plot;
    }

    private static void add(Plot plot, String name, List<AlarmBudgetResult> lines, String tip) {
        double[] promised =
                lines.stream().mapToDouble(line -> line.rate().promised()).toArray();
        double[] realised =
                lines.stream().mapToDouble(line -> line.rate().realised()).toArray();
        List<String> tips = new ArrayList<>();
        for (AlarmBudgetResult line : lines) {
            tips.add(String.format(
                    Locale.ROOT,
                    "%spromised %.0e, realised %.2e",
                    tip,
                    line.rate().promised(),
                    line.rate().realised()));
        }
        plot.points(name, promised, realised, tips);
    }

    private static Axis scale(double[] scores) {
        double[] finiteScores =
                Arrays.stream(scores).filter(Double::isFinite).sorted().toArray();
        if (finiteScores.length == 0 || !(finiteScores[0] > 0)) {
            return Axis.around("alarm score", finiteScores);
        }
        double middle = finiteScores[finiteScores.length / 2];
        double highest = finiteScores[finiteScores.length - 1];
        return highest > WIDE * middle
                ? Axis.logarithmic("alarm score", Math.max(finiteScores[0], middle / FLOOR), 2 * highest)
                : Axis.linear("alarm score", 0, HEADROOM * highest);
    }

    private static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(value -> value * factor).toArray();
    }
}
