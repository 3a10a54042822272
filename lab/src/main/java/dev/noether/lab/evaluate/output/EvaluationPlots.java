package dev.noether.lab.evaluate.output;

import dev.noether.lab.evaluate.measure.AlarmBudgetResult;
import dev.noether.lab.evaluate.measure.ScoreChartData;
import dev.noether.lab.evaluate.measure.SeriesReport;
import dev.noether.lab.evaluate.measure.SetReport;
import dev.noether.lab.html.Axis;
import dev.noether.lab.html.Plot;
import dev.noether.model.numeric.ConfidenceInterval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The charts of an evaluation: alarm scores over rows, and promised against realised alarm rates. */
final class EvaluationPlots {
    /** The axis is logarithmic if the highest score exceeds the median by more than this factor. */
    private static final double WIDE = 50;

    private static final double HEADROOM = 1.05;
    /** A logarithmic axis starts at the median score divided by this; smaller scores lie at its lower end. */
    private static final double FLOOR = 100;

    private static final double LEAST_RATE = 1e-5;
    private static final double CONFIDENCE = 0.95;

    private EvaluationPlots() {}

    /** The alarm scores of a series over its rows, with labelled events shaded and incidents marked. */
    static Plot scores(String name, ScoreChartData chart) {
        double[] rows = new double[chart.scores().length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (double) i * chart.step();
        }
        Plot plot = new Plot(name, Axis.linear("test row", 0, chart.rows()), scale(chart.scores()));
        chart.events()
                .forEach(event -> plot.shade(
                        "labelled event",
                        event.start(),
                        event.end(),
                        "labelled event, rows " + event.start() + " to " + (event.end() - 1)));
        plot.line("alarm score", rows, chart.scores());
        chart.incidents()
                .forEach(incident -> plot.strip(
                        "incident",
                        incident.start(),
                        incident.end(),
                        "incident, rows " + incident.start() + " to " + (incident.end() - 1)));
        return plot;
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
