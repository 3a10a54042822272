package dev.noether.lab.evaluate.measure;

import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.detect.DetectorOutput;
import dev.noether.lab.metric.LabelledEvent;
import dev.noether.model.alarm.AlarmRate;
import java.util.ArrayList;
import java.util.List;

/**
 * The realised alarm rate of a budget on the rows that are labelled normal, with the share of events found: a detector
 * that never raises an alarm keeps its budget but finds nothing.
 *
 * @param rate promised and realised alarms over the normal test rows
 * @param events number of labelled events
 * @param foundEvents number of events with an alarm
 */
public record AlarmBudgetResult(AlarmRate rate, int events, int foundEvents) {
    /** The budgets that every detector is measured at, alarms per row. */
    public static final List<Double> PROMISES = List.of(1e-2, 1e-3, 1e-4);

    /** One result for each of {@link #PROMISES}; empty if no row is normal. */
    public static List<AlarmBudgetResult> ofBudgets(EvaluationSeries series, DetectorOutput output) {
        List<AlarmBudgetResult> lines = new ArrayList<>();
        for (double promise : PROMISES) {
            lines.addAll(of(series, output.alarmsAt(promise), promise));
        }
        return lines;
    }

    /** The result of the detector's own budget, from its verdicts; empty if no row is normal. */
    public static List<AlarmBudgetResult> ofVerdicts(EvaluationSeries series, DetectorOutput output) {
        return of(series, output.verdictAlarms(), output.alarms().budget());
    }

    /** Pools at least one series, with equal weight for each row. {@link AlarmRate} pools different promises. */
    public static AlarmBudgetResult pooled(List<AlarmBudgetResult> lines) {
        return new AlarmBudgetResult(
                AlarmRate.pooled(lines.stream().map(AlarmBudgetResult::rate).toList()),
                lines.stream().mapToInt(AlarmBudgetResult::events).sum(),
                lines.stream().mapToInt(AlarmBudgetResult::foundEvents).sum());
    }

    /** The share of events found; NaN without events. */
    public double share() {
        return (double) foundEvents / events;
    }

    private static List<AlarmBudgetResult> of(EvaluationSeries series, boolean[] flagged, double promise) {
        boolean[] labels = series.labels();
        int normal = 0;
        for (boolean label : labels) {
            normal += label ? 0 : 1;
        }
        if (normal == 0) {
            return List.of();
        }
        int foundEvents = 0;
        List<LabelledEvent> events = LabelledEvent.of(labels);
        for (LabelledEvent event : events) {
            boolean hit = false;
            for (int i = event.start(); i < event.end(); i++) {
                hit |= flagged[i];
            }
            foundEvents += hit ? 1 : 0;
        }
        AlarmRate rate = AlarmRate.ofNormalRows(flagged, labels, promise);
        return List.of(new AlarmBudgetResult(rate, events.size(), foundEvents));
    }
}
