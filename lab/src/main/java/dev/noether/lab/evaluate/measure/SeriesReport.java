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
 * @param skipped by peer: why it does not apply to this series
 * @param budgets realised alarm rates of this detector; empty lists if it failed
 * @param causes hit rates of cause rankings
 * @param chart scores for drawing; null if this detector failed, or for a table
 * @param incidents descriptions of the incidents that this detector opened, in the order of time
 */
public record SeriesReport(
        String name,
        Size size,
        Map<String, MetricValues> metrics,
        Map<String, String> failures,
        Map<String, String> skipped,
        Budgets budgets,
        Causes causes,
        @Nullable ScoreChartData chart,
        List<String> incidents) {
    /** Makes a report without incidents, for which no peer was skipped. */
    public SeriesReport(
            String name,
            Size size,
            Map<String, MetricValues> metrics,
            Map<String, String> failures,
            Budgets budgets,
            Causes causes,
            @Nullable ScoreChartData chart) {
        this(name, size, metrics, failures, Map.of(), budgets, causes, chart, List.of());
    }

    /**
     * The size of a series.
     *
     * @param table whether rows are independent of each other
     * @param rows test rows of one split
     * @param events labelled events; 0 for a table
     * @param isLabelled whether the test rows have labels
     */
    public record Size(boolean table, int rows, int events, boolean isLabelled) {
        /** Makes the size of a series with labels. */
        public Size(boolean table, int rows, int events) {
            this(table, rows, events, true);
        }
    }

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
        incidents = List.copyOf(incidents);
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
        skipped = Collections.unmodifiableMap(new LinkedHashMap<>(skipped));
    }

    /** Whether shapes are judged, as a sentence; empty if that is not known. */
    public String shape() {
        return chart == null ? "" : chart.details().shape();
    }

    /** Whether shapes are judged. */
    public boolean isShapeJudged() {
        return chart != null && chart.details().portrait() != null;
    }

    /** Whether the test rows have labels. */
    public boolean isLabelled() {
        return size.isLabelled();
    }

    /** Whether rows are independent of each other. */
    public boolean table() {
        return size.table();
    }
}
