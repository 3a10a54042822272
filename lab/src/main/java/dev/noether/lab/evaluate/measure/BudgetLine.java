package dev.noether.lab.evaluate.measure;

import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.detect.JudgedSeries;
import dev.noether.lab.metric.LabelledEvent;
import dev.noether.model.alarm.AlarmRate;
import java.util.ArrayList;
import java.util.List;

/**
 * A promise and what came of it: the alarms on rows that are labelled normal, and beside them the events found, so that a
 * deaf detector cannot pass.
 *
 * @param rate over the normal test rows
 * @param events labelled events
 * @param found how many of them hold an alarm
 */
public record BudgetLine(AlarmRate rate, int events, int found) {
    /** The rates that are looked at for every detector: alarms per row. */
    public static final List<Double> PROMISES = List.of(1e-2, 1e-3, 1e-4);

    /** One line for each of {@link #PROMISES}, as budgets; empty where no row is normal. */
    public static List<BudgetLine> ofBudgets(EvaluationSeries series, JudgedSeries judged) {
        List<BudgetLine> lines = new ArrayList<>();
        for (double promise : PROMISES) {
            lines.addAll(of(series, judged.flagged(promise), promise));
        }
        return lines;
    }

    /** The line of the detector's own budget, from its verdicts; empty where no row is normal. */
    public static List<BudgetLine> ofVerdicts(EvaluationSeries series, JudgedSeries judged) {
        return of(series, judged.flagged(), judged.promisedRate());
    }

    /** Several series as one, each row weighing the same; at least one. Promises that differ are pooled as {@link AlarmRate} says. */
    public static BudgetLine pooled(List<BudgetLine> lines) {
        return new BudgetLine(
                AlarmRate.pooled(lines.stream().map(BudgetLine::rate).toList()),
                lines.stream().mapToInt(BudgetLine::events).sum(),
                lines.stream().mapToInt(BudgetLine::found).sum());
    }

    /** The share of events found; NaN where there is none. */
    public double share() {
        return (double) found / events;
    }

    private static List<BudgetLine> of(EvaluationSeries series, boolean[] flagged, double promise) {
        boolean[] labels = series.labels();
        int normal = 0;
        for (boolean label : labels) {
            normal += label ? 0 : 1;
        }
        if (normal == 0) {
            return List.of();
        }
        int found = 0;
        List<LabelledEvent> events = LabelledEvent.of(labels);
        for (LabelledEvent event : events) {
            boolean hit = false;
            for (int i = event.start(); i < event.end(); i++) {
                hit |= flagged[i];
            }
            found += hit ? 1 : 0;
        }
        return List.of(new BudgetLine(AlarmRate.ofNormalRows(flagged, labels, promise), events.size(), found));
    }
}
