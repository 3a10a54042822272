package dev.noether.lab.evaluate.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The evaluation of one series.
 *
 * @param name of the series
 * @param size rows and events
 * @param metrics by detector, in the order of tables, averaged over all splits
 * @param failures by detector: the reason for missing metrics
 * @param budgets realised alarm rates of this detector; empty lists if it failed
 * @param causes hit rates of cause rankings
 * @param chart scores for drawing; null if this detector failed, or for a table
 */
public record SeriesReport(
        String name,
        Size size,
        Map<String, MetricValues> metrics,
        Map<String, String> failures,
        Budgets budgets,
        Causes causes,
        @Nullable ScoreChartData chart) {
    /**
     * The size of a series.
     *
     * @param table whether rows are independent of each other
     * @param rows test rows of one split
     * @param events labelled events; 0 for a table
     */
    public record Size(boolean table, int rows, int events) {}

    /**
     * Realised alarm rates.
     *
     * @param standard one for each of {@link AlarmBudgetResult#PROMISES}
     * @param own of the detector's own budget
     */
    public record Budgets(List<AlarmBudgetResult> standard, List<AlarmBudgetResult> own) {
        /** Copies the lists. */
        public Budgets {
            standard = List.copyOf(standard);
            own = List.copyOf(own);
        }
    }

    /**
     * Hit rates of cause rankings; both null if the series has no labelled causes.
     *
     * @param detector of this detector; null if it failed
     * @param staticDeviations of plain deviations from the training mean, the control
     */
    public record Causes(
            @Nullable CauseHitRates detector, @Nullable CauseHitRates staticDeviations) {}

    /** Copies the maps. */
    public SeriesReport {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
    }

    /** Whether rows are independent of each other. */
    public boolean table() {
        return size.table();
    }
}
