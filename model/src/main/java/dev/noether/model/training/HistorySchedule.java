package dev.noether.model.training;

import dev.noether.model.schedule.Schedule;
import dev.noether.model.schedule.ScheduleChoice;
import dev.noether.model.schedule.ScheduleEstimator;
import dev.noether.model.schedule.ScheduleFit;
import dev.noether.model.schedule.ScheduleOptions;
import dev.noether.model.schedule.ScheduleSeries;
import dev.noether.model.training.EntityHistory.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The schedule of a history, and the history without what recurs. Each repeat is corrected by what the others show, so
 * that a model that is fitted to and calibrated on the result keeps its promise on later rows.
 *
 * @param schedule the schedule; null if the history shows none
 * @param histories the corrected histories; the given ones if there is no schedule
 * @param amounts for each history what was taken off its rows, row-major; empty for one without a schedule
 * @param provenance entries for the model's provenance; none without a schedule
 */
record HistorySchedule(
        @Nullable Schedule schedule,
        List<EntityHistory> histories,
        List<float[]> amounts,
        SortedMap<String, String> provenance) {
    private static final int MOST_JOBS_TOLD = 20;

    /** The result for models without a schedule. */
    static HistorySchedule none(List<EntityHistory> histories) {
        return new HistorySchedule(null, histories, List.of(), new TreeMap<>());
    }

    /**
     * Finds the schedule.
     *
     * @param histories histories without missing values
     * @param names names of the features
     * @param interval usual time from a row of an entity to its next
     */
    static HistorySchedule of(
            List<EntityHistory> histories, List<String> names, Duration interval, ScheduleOptions options) {
        return of(histories, names, interval, options, entity -> true);
    }

    /**
     * Finds the schedule of some entities; the others have none.
     *
     * @param entities whether an entity may have a schedule
     */
    static HistorySchedule of(
            List<EntityHistory> histories,
            List<String> names,
            Duration interval,
            ScheduleOptions options,
            Predicate<String> entities) {
        if (options.choice() == ScheduleChoice.OFF) {
            return none(histories);
        }
        List<ScheduleSeries> series = histories.stream()
                .map(history -> entities.test(history.entity())
                        ? series(history, names.size())
                        : new ScheduleSeries(history.entity(), new long[0], new float[0]))
                .toList();
        ScheduleFit fit = new ScheduleEstimator(names.size(), interval.toMillis(), options).fit(series, names);
        Schedule schedule = fit.schedule();
        if (schedule == null) {
            return none(histories);
        }
        List<EntityHistory> corrected = new ArrayList<>();
        for (int e = 0; e < histories.size(); e++) {
            float[] amounts = fit.amounts().get(e);
            corrected.add(amounts.length == 0 ? histories.get(e) : corrected(histories.get(e), amounts));
        }
        return new HistorySchedule(schedule, corrected, fit.amounts(), provenance(schedule, fit));
    }

    /** The rows less the first row, so that large numbers keep their steps as floats. */
    private static ScheduleSeries series(EntityHistory history, int features) {
        int rows = history.count();
        long[] times = new long[rows];
        float[] values = new float[rows * features];
        double[] origin = new double[features];
        int row = 0;
        for (Run run : history.runs()) {
            System.arraycopy(run.times(), 0, times, row, run.count());
            for (int i = 0; i < run.count() * features; i++) {
                int feature = i % features;
                if (row == 0 && i < features) {
                    origin[feature] = run.rows()[i];
                }
                values[row * features + i] = (float) (run.rows()[i] - origin[feature]);
            }
            row += run.count();
        }
        return new ScheduleSeries(history.entity(), times, values);
    }

    private static EntityHistory corrected(EntityHistory history, float[] amounts) {
        List<Run> runs = new ArrayList<>();
        int from = 0;
        for (Run run : history.runs()) {
            double[] rows = run.rows().clone();
            for (int i = 0; i < rows.length; i++) {
                rows[i] -= amounts[from + i];
            }
            runs.add(new Run(run.times(), rows));
            from += rows.length;
        }
        return new EntityHistory(history.entity(), runs);
    }

    private static SortedMap<String, String> provenance(Schedule schedule, ScheduleFit fit) {
        SortedMap<String, String> entries = new TreeMap<>();
        entries.put("schedule.zone", schedule.zone());
        entries.put("schedule.entities", String.valueOf(schedule.entities().size()));
        entries.put("schedule.pages", String.valueOf(schedule.pages().size()));
        int told = Math.min(MOST_JOBS_TOLD, fit.jobs().size());
        String more = fit.jobs().size() > told ? "; and " + (fit.jobs().size() - told) + " more" : "";
        entries.put("schedule.jobs", String.join("; ", fit.jobs().subList(0, told)) + more);
        return entries;
    }
}
