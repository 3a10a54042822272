package dev.noether.lab.evaluate;

import dev.noether.lab.evaluate.measure.AlarmBudgetResult;
import dev.noether.lab.evaluate.measure.CauseHitRates;
import dev.noether.lab.evaluate.measure.DetectionMetric;
import dev.noether.lab.evaluate.measure.MetricValues;
import dev.noether.lab.evaluate.measure.ScoreChartData;
import dev.noether.lab.evaluate.measure.SeriesReport;
import dev.noether.lab.evaluate.measure.SetReport;
import dev.noether.lab.metric.LabelledEvent;
import dev.noether.model.alarm.AlarmRate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report of a set of two streams, with numbers that are easy to recognise. */
public final class TestingReports {
    private TestingReports() {}

    /** Noether is ahead of {@code norm} by .1 and .3 in VUS-PR; {@code pca} failed on the second series. */
    public static SetReport fleet() {
        Map<String, MetricValues> first = new LinkedHashMap<>();
        first.put("noether", values(0.5, 1, 4.25));
        first.put("norm", values(0.4, 0.5, Double.NaN));
        first.put("pca", values(0.45, 0.25, 7));
        Map<String, MetricValues> second = new LinkedHashMap<>();
        second.put("noether", values(0.9, 0.5, 2));
        second.put("norm", values(0.6, 0.25, 3));
        return new SetReport(
                "fleet",
                List.of(
                        series("a <1>", first, Map.of(), 3),
                        series("b", second, Map.of("pca", "too few rows & no hope"), 1)));
    }

    /** Two series of one event each; {@code shape} is also ranked with a delay, and does not apply to the second. */
    public static SetReport beats() {
        Map<String, MetricValues> first = new LinkedHashMap<>();
        first.put("noether", MetricValues.of(Map.of(DetectionMetric.VUS_PR, 0.5, DetectionMetric.UCR, 1.0)));
        first.put(
                "shape",
                MetricValues.of(Map.of(
                        DetectionMetric.VUS_PR,
                        0.25,
                        DetectionMetric.UCR,
                        0.0,
                        DetectionMetric.RANK_DELAY,
                        120.0,
                        DetectionMetric.VUS_PR_DELAYED,
                        0.375,
                        DetectionMetric.UCR_DELAYED,
                        1.0)));
        Map<String, MetricValues> second = new LinkedHashMap<>();
        second.put("noether", MetricValues.of(Map.of(DetectionMetric.VUS_PR, 0.75, DetectionMetric.UCR, 0.0)));
        return new SetReport(
                "beats",
                List.of(ofOneEvent("c", first, Map.of()), ofOneEvent("d", second, Map.of("shape", "two & more"))));
    }

    private static SeriesReport ofOneEvent(
            String name, Map<String, MetricValues> metrics, Map<String, String> skipped) {
        return new SeriesReport(
                name,
                new SeriesReport.Size(false, 1_000, 1),
                metrics,
                Map.of(),
                skipped,
                new SeriesReport.Budgets(List.of(), List.of()),
                new SeriesReport.Causes(null, null),
                null,
                List.of());
    }

    /** Series without a shape view, each with the sentence that says why. */
    public static SetReport withoutShapes(String... reasons) {
        List<SeriesReport> series = new ArrayList<>();
        for (String reason : reasons) {
            series.add(new SeriesReport(
                    "s" + series.size(),
                    new SeriesReport.Size(false, 10, 0),
                    Map.of(),
                    Map.of(),
                    new SeriesReport.Budgets(List.of(), List.of()),
                    new SeriesReport.Causes(null, null),
                    new ScoreChartData(
                            10,
                            new double[] {1},
                            10,
                            List.of(),
                            List.of(),
                            new ScoreChartData.Details(new double[] {9}, null, null, reason, List.of()))));
        }
        return new SetReport("shapes", series);
    }

    /** A table: no events, no chart. */
    public static SetReport table() {
        Map<String, MetricValues> metrics = new LinkedHashMap<>();
        metrics.put("noether", MetricValues.of(Map.of(DetectionMetric.AUC_ROC, 0.75, DetectionMetric.AUC_PR, 0.5)));
        return new SetReport(
                "tables",
                List.of(new SeriesReport(
                        "t",
                        new SeriesReport.Size(true, 40, 0),
                        metrics,
                        Map.of(),
                        new SeriesReport.Budgets(List.of(), List.of()),
                        new SeriesReport.Causes(null, null),
                        null)));
    }

    private static MetricValues values(double vusPr, double eventsAt10, double delayAt10) {
        return MetricValues.of(Map.of(
                DetectionMetric.VUS_PR,
                vusPr,
                DetectionMetric.EVENTS_AT_10,
                eventsAt10,
                DetectionMetric.DELAY_AT_10,
                delayAt10));
    }

    private static SeriesReport series(
            String name, Map<String, MetricValues> metrics, Map<String, String> failures, int alarms) {
        return new SeriesReport(
                name,
                new SeriesReport.Size(false, 1_000, 2),
                metrics,
                failures,
                new SeriesReport.Budgets(
                        AlarmBudgetResult.PROMISES.stream()
                                .map(promise -> new AlarmBudgetResult(new AlarmRate(alarms, 1_000, promise), 2, 1))
                                .toList(),
                        List.of(new AlarmBudgetResult(new AlarmRate(2 * alarms, 1_000, 0.002), 2, 2))),
                new SeriesReport.Causes(
                        new CauseHitRates(0.5, 0.75, 0.25, 0.375, 2), new CauseHitRates(0.125, 0.25, 0.5, 0.625, 2)),
                new ScoreChartData(
                        10,
                        new double[] {1, 2, Double.NaN, 4},
                        40,
                        List.of(new LabelledEvent(10, 20)),
                        List.of(new LabelledEvent(12, 25))));
    }
}
