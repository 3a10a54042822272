package dev.noether.lab.evaluate.output;

import dev.noether.lab.evaluate.measure.BudgetLine;
import dev.noether.lab.evaluate.measure.SeriesReport;
import dev.noether.lab.evaluate.measure.SetReport;
import dev.noether.lab.evaluate.measure.Trace;
import dev.noether.lab.report.Axis;
import dev.noether.lab.report.Plot;
import dev.noether.model.numeric.ConfidenceInterval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The pictures of an evaluation. */
final class EvaluationPlots {
    /** Scores that spread over more than this ratio are drawn on a logarithmic axis. */
    private static final double WIDE = 50;

    private static final double HEADROOM = 1.05;
    /** How far below the middle score a logarithmic axis reaches: what is smaller still is of no interest. */
    private static final double FLOOR = 100;

    private static final double LEAST_RATE = 1e-5;
    private static final double CONFIDENCE = 0.95;

    private EvaluationPlots() {}

    /** A series' alarm score over its rows, with the events shaded and the incidents marked. */
    static Plot trace(String name, Trace trace) {
        double[] rows = new double[trace.scores().length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (double) i * trace.step();
        }
        Plot plot = new Plot(name, Axis.linear("test row", 0, trace.rows()), scale(trace.scores()));
        trace.events()
                .forEach(event -> plot.shade(
                        "labelled event",
                        event.start(),
                        event.end(),
                        "labelled event, rows " + event.start() + " to " + (event.end() - 1)));
        plot.line("alarm score", rows, trace.scores());
        trace.incidents()
                .forEach(incident -> plot.strip(
                        "incident",
                        incident.start(),
                        incident.end(),
                        "incident, rows " + incident.start() + " to " + (incident.end() - 1)));
        return plot;
    }

    /** Promised against realised rates: pooled, with its interval, and each series; on the diagonal promises are kept. */
    static Plot calibration(SetReport set) {
        Axis promised = Axis.logarithmic("promised alarms per normal row", LEAST_RATE, 0.1);
        Axis realised = Axis.logarithmic("realised", LEAST_RATE, 1);
        double[] ends = {LEAST_RATE, 0.1};
        Plot plot = new Plot("Calibration", promised, realised, 560, 320)
                .band("within a factor of 2", ends, scaled(ends, 0.5), scaled(ends, 2))
                .reference("promise kept", ends, ends);
        for (SeriesReport series : set.series()) {
            add(plot, "series", series.budget(), series.name() + ": ");
        }
        List<BudgetLine> pooled = set.pooledBudget();
        for (BudgetLine line : pooled) {
            ConfidenceInterval interval = line.rate().interval(CONFIDENCE);
            plot.interval("pooled", line.rate().promised(), interval.lower(), interval.upper());
        }
        add(plot, "pooled", pooled, "pooled: ");
        return plot;
    }

    private static void add(Plot plot, String name, List<BudgetLine> lines, String tip) {
        double[] promised =
                lines.stream().mapToDouble(line -> line.rate().promised()).toArray();
        double[] realised =
                lines.stream().mapToDouble(line -> line.rate().realised()).toArray();
        List<String> tips = new ArrayList<>();
        for (BudgetLine line : lines) {
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
        double[] known = Arrays.stream(scores).filter(Double::isFinite).sorted().toArray();
        if (known.length == 0 || !(known[0] > 0)) {
            return Axis.around("alarm score", known);
        }
        double middle = known[known.length / 2];
        double highest = known[known.length - 1];
        return highest > WIDE * middle
                ? Axis.logarithmic("alarm score", Math.max(known[0], middle / FLOOR), 2 * highest)
                : Axis.linear("alarm score", 0, HEADROOM * highest);
    }

    private static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(value -> value * factor).toArray();
    }
}
