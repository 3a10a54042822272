package dev.noether.lab.evaluate.measure;

import dev.noether.lab.evaluate.Evaluation;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.detect.DetectorOutput;
import dev.noether.lab.evaluate.detect.FleetOutput;
import dev.noether.schemas.Incident;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The result of a backtest on a topic.
 *
 * @param set the entities as series without labels; those with the most incidents have charts
 * @param incidents the incidents that would have been told, in the order of their starts
 * @param trials other budgets on the same scores
 * @param own the detector's own budget on the same scores
 * @param suggestion a budget, and why
 * @param refusal why the retrainer would refuse the model; empty if it would not
 */
public record TopicReport(
        SetReport set,
        List<Incident> incidents,
        List<BudgetTrial> trials,
        BudgetTrial own,
        BudgetSuggestion suggestion,
        String refusal) {
    private static final int MOST_CHARTS = 20;

    /** Copies the lists. */
    public TopicReport {
        incidents = List.copyOf(incidents);
        trials = List.copyOf(trials);
    }

    /**
     * Makes the report.
     *
     * @param topic name of the topic
     * @param entities the series of the output, in the same order
     * @param quiet {@code incidents.quiet}
     */
    public static TopicReport of(String topic, List<EvaluationSeries> entities, FleetOutput output, Duration quiet) {
        Set<Integer> drawn = drawn(output.entities());
        List<SeriesReport> series = new ArrayList<>();
        for (int i = 0; i < entities.size(); i++) {
            series.add(series(entities.get(i), output.entities().get(i), drawn.contains(i)));
        }
        List<BudgetTrial> trials = BudgetTrial.of(entities, output, quiet);
        BudgetTrial own = BudgetTrial.ofOwn(entities, output, quiet);
        return new TopicReport(
                new SetReport(topic, series),
                output.incidents(),
                trials,
                own,
                BudgetSuggestion.of(trials, own),
                output.refusal());
    }

    /** The entities with the most incidents, and then with the largest alarm scores. */
    private static Set<Integer> drawn(List<DetectorOutput> outputs) {
        Comparator<Integer> byIncidents =
                Comparator.comparing(i -> -outputs.get(i).incidents().size());
        return new HashSet<>(IntStream.range(0, outputs.size())
                .boxed()
                .sorted(byIncidents.thenComparing(i -> -strongest(outputs.get(i))))
                .limit(MOST_CHARTS)
                .toList());
    }

    private static double strongest(DetectorOutput output) {
        int row = output.strongestRow();
        return row < 0 ? Double.NEGATIVE_INFINITY : output.rows().alarmScores()[row];
    }

    private static SeriesReport series(EvaluationSeries entity, DetectorOutput output, boolean isDrawn) {
        return new SeriesReport(
                entity.name(),
                new SeriesReport.Size(false, entity.test().length(), 0, false),
                Map.of(Evaluation.DETECTOR, MetricCalculator.of(entity, output)),
                Map.of(),
                Map.of(),
                new SeriesReport.Budgets(
                        AlarmBudgetResult.ofBudgets(entity, output), AlarmBudgetResult.ofVerdicts(entity, output)),
                new SeriesReport.Causes(null, null),
                isDrawn ? ScoreChartData.of(entity, output) : null,
                output.findings().sentences());
    }
}
