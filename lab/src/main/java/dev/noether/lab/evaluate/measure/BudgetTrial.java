package dev.noether.lab.evaluate.measure;

import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.detect.DetectorOutput;
import dev.noether.lab.evaluate.detect.FleetOutput;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.BudgetDecision;
import dev.noether.model.alarm.BudgetScope;
import dev.noether.model.alarm.TailCalibration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What another alarm budget would have told on rows without labels.
 *
 * @param budget the budget
 * @param rate alarms that it allows for each row of normal behaviour
 * @param rows number of rows that were scored
 * @param alarms number of rows above the threshold, those of real problems included
 * @param incidents number of runs of alarms: alarms of an entity that are at most {@code incidents.quiet} apart
 * @param isMeasured whether the history has enough rows to measure the threshold; otherwise it is extrapolated
 */
public record BudgetTrial(AlarmBudget budget, double rate, long rows, long alarms, long incidents, boolean isMeasured) {
    /** Alarms for each row of the budgets that are tried, the largest first. */
    public static final List<Double> RATES = List.of(1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 5e-5, 2e-5);

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    /**
     * Tries the budgets of {@link #RATES}.
     *
     * @param entities the series of the output, in the same order
     * @param quiet {@code incidents.quiet}
     */
    public static List<BudgetTrial> of(List<EvaluationSeries> entities, FleetOutput output, Duration quiet) {
        List<BudgetTrial> trials = new ArrayList<>();
        for (double rate : RATES) {
            AlarmBudget budget = budget(rate, output.model().rowInterval());
            double exact = budget.ratePerWindow(output.model().rowInterval(), 1);
            trials.add(of(entities, output, quiet, budget, exact));
        }
        return trials;
    }

    /** Tries the detector's own budget. */
    public static BudgetTrial ofOwn(List<EvaluationSeries> entities, FleetOutput output, Duration quiet) {
        double rate = output.budget()
                .ratePerWindow(
                        output.model().rowInterval(),
                        Math.max(1, output.model().entityBaselines().size()));
        return of(entities, output, quiet, output.budget(), Math.min(rate, TailCalibration.TAIL_SHARE));
    }

    private static BudgetTrial of(
            List<EvaluationSeries> entities, FleetOutput output, Duration quiet, AlarmBudget budget, double rate) {
        long rows = 0;
        long alarms = 0;
        long incidents = 0;
        for (int i = 0; i < entities.size(); i++) {
            DetectorOutput one = output.entities().get(i);
            boolean[] raised = one.alarmsAt(rate);
            long[] times = entities.get(i).test().times();
            long last = 0;
            boolean hasAlarm = false;
            for (int row = 0; row < raised.length; row++) {
                rows += Double.isNaN(one.rows().scores()[row]) ? 0 : 1;
                if (raised[row]) {
                    alarms++;
                    incidents += hasAlarm && times[row] - last <= quiet.toMillis() ? 0 : 1;
                    last = times[row];
                    hasAlarm = true;
                }
            }
        }
        boolean isMeasured = output.model().calibration().decide(rate) instanceof BudgetDecision.Carried;
        return new BudgetTrial(budget, rate, rows, alarms, incidents, isMeasured);
    }

    /** The budget of a rate for each entity, in whole days, hours, minutes or seconds. */
    private static AlarmBudget budget(double rate, Duration interval) {
        Duration period = Duration.ofMillis(Math.max(1_000, Math.round(interval.toMillis() / rate)));
        Duration unit = period.compareTo(DAY) >= 0
                ? DAY
                : period.compareTo(HOUR) >= 0
                        ? HOUR
                        : period.compareTo(Duration.ofMinutes(1)) >= 0 ? Duration.ofMinutes(1) : Duration.ofSeconds(1);
        long units = Math.round((double) period.toMillis() / unit.toMillis());
        return new AlarmBudget(1, BudgetScope.EACH_ENTITY, unit.multipliedBy(units));
    }

    /** Alarms for each row. */
    public double realised() {
        return rows == 0 ? 0 : (double) alarms / rows;
    }

    /** The number of false alarms that the budget allows on the rows. */
    public double allowed() {
        return rate * rows;
    }
}
