package dev.noether.lab.evaluate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.lab.evaluate.TestingSeries;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.detect.DetectorOutput;
import dev.noether.lab.metric.DelayedScores;
import dev.noether.lab.metric.DominantPeriod;
import dev.noether.lab.metric.EventCauses;
import dev.noether.lab.metric.EventMetrics;
import dev.noether.lab.metric.LabelledEvent;
import dev.noether.lab.metric.VolumeUnderSurface;
import dev.noether.model.numeric.RankingMetrics;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MetricCalculatorTest {
    private static final int ROWS = 2_000;
    private final boolean[] labels = TestingSeries.labels(ROWS, 300, 320, 1_500, 1_501);
    private final EvaluationSeries series = TestingSeries.stream(2, 100, labels, List.of(), 1);

    @Test
    void areasAreThoseOfTheScoreAndEventsThoseOfTheAlarmScore() {
        Random random = new Random(3);
        double[] scores = random.doubles(ROWS).toArray();
        double[] alarms = random.doubles(ROWS).toArray();
        scores[1_500] = 2;
        alarms[310] = 3;
        DetectorOutput base = TestingSeries.output(scores, alarms);
        DetectorOutput judged = new DetectorOutput(
                new DetectorOutput.RowScores(
                        scores, alarms, base.rows().pValues(), base.rows().verdicts()),
                null,
                List.of(),
                base.alarms(),
                base.timing());

        MetricValues figures = MetricCalculator.of(series, judged);

        assertThat(figures.get(DetectionMetric.AUC_PR)).isEqualTo(RankingMetrics.aucPr(floats(scores), labels));
        assertThat(figures.get(DetectionMetric.AUC_ROC)).isEqualTo(RankingMetrics.aucRoc(floats(scores), labels));
        assertThat(figures.get(DetectionMetric.EVENT_F1)).isEqualTo(EventMetrics.bestEventF1(floats(scores), labels));
        assertThat(figures.get(DetectionMetric.EVENTS_AT_1)).isEqualTo(0.5);
        assertThat(figures.get(DetectionMetric.DELAY_AT_1)).isEqualTo(10);
        assertThat(figures.get(DetectionMetric.TIES_AT_TOP)).isEqualTo(1);
        assertThat(figures.get(DetectionMetric.SECONDS)).isEqualTo(0.25);
        assertThat(figures.get(DetectionMetric.TRAIN_SECONDS)).isEqualTo(1.5);
    }

    /** A window of 200 rows sees the event for 200 rows; the largest score comes at its end, too late for UCR. */
    @Test
    void aKnownDelayRanksTheScoreASecondTime() {
        boolean[] one = TestingSeries.labels(ROWS, 800, 810);
        EvaluationSeries event = TestingSeries.stream(1, 100, one, List.of(), 4);
        double[] scores = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            scores[i] = i >= 800 && i < 1_005 ? 1 + i * 1e-4 : 0.1;
        }
        DetectorOutput output = TestingSeries.output(scores, scores);

        MetricValues newest = MetricCalculator.of(event, output);
        MetricValues delayed = MetricCalculator.of(event, output.withRankDelay(200));

        assertThat(newest.get(DetectionMetric.UCR)).isZero();
        assertThat(newest.get(DetectionMetric.RANK_DELAY)).isNaN();
        assertThat(newest.get(DetectionMetric.VUS_PR_DELAYED)).isNaN();
        assertThat(newest.get(DetectionMetric.UCR_DELAYED)).isNaN();
        assertThat(delayed.get(DetectionMetric.RANK_DELAY)).isEqualTo(200);
        assertThat(delayed.get(DetectionMetric.UCR_DELAYED)).isEqualTo(1);
        float[] dated = DelayedScores.of(floats(scores), 200);
        int buffer = DominantPeriod.of(event.test().column(0));
        assertThat(delayed.get(DetectionMetric.VUS_PR_DELAYED))
                .isEqualTo(VolumeUnderSurface.of(dated, one, buffer, 250).precisionRecall());
        for (DetectionMetric measure : List.of(DetectionMetric.VUS_PR, DetectionMetric.UCR, DetectionMetric.AUC_PR)) {
            assertThat(delayed.get(measure)).as(measure.key()).isEqualTo(newest.get(measure));
        }
        MetricValues peer = MetricCalculator.ofPeer(event, floats(scores), OptionalInt.of(200), 1);
        for (DetectionMetric measure : List.of(DetectionMetric.VUS_PR_DELAYED, DetectionMetric.UCR_DELAYED)) {
            assertThat(peer.get(measure)).as(measure.key()).isEqualTo(delayed.get(measure));
        }
    }

    @Test
    void severalEventsHaveNoUcrScore() {
        MetricValues figures = MetricCalculator.ofPeer(series, new float[ROWS], OptionalInt.of(5), 1);
        assertThat(figures.get(DetectionMetric.UCR)).isNaN();
        assertThat(figures.get(DetectionMetric.UCR_DELAYED)).isNaN();
        assertThat(figures.get(DetectionMetric.VUS_PR_DELAYED)).isFinite();
    }

    @Test
    void aRowThatWasNotScoredRanksLast() {
        double[] scores = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            scores[i] = labels[i] ? Double.NaN : 1 + i;
        }
        MetricValues figures = MetricCalculator.of(series, TestingSeries.output(scores, scores));
        assertThat(figures.get(DetectionMetric.AUC_ROC)).isZero();
        assertThat(figures.get(DetectionMetric.EVENTS_AT_100)).isZero();
        assertThat(figures.get(DetectionMetric.DELAY_AT_100)).isNaN();
    }

    @Test
    void withoutAnomaliesThereIsNothingToRank() {
        EvaluationSeries quiet = TestingSeries.stream(1, 10, new boolean[50], List.of(), 1);
        MetricValues figures = MetricCalculator.ofPeer(quiet, new float[50], OptionalInt.of(3), 0.1);
        assertThat(figures.get(DetectionMetric.VUS_PR)).isNaN();
        assertThat(figures.get(DetectionMetric.VUS_PR_DELAYED)).isNaN();
        assertThat(figures.get(DetectionMetric.UCR)).isNaN();
        assertThat(figures.get(DetectionMetric.TIES_AT_TOP)).isEqualTo(50);
        assertThat(figures.get(DetectionMetric.SECONDS)).isCloseTo(20, within(1e-9));
    }

    @Test
    void budgetsCountNormalRowsAndEvents() {
        double[] pValues = new double[ROWS];
        Arrays.fill(pValues, 0.5);
        pValues[0] = 0.01;
        pValues[1] = 0.0005;
        pValues[2] = Double.NaN;
        pValues[1_500] = 0.00005;
        DetectorOutput judged = TestingSeries.output(new double[ROWS], pValues);

        List<AlarmBudgetResult> lines = AlarmBudgetResult.ofBudgets(series, judged);

        assertThat(lines).extracting(line -> line.rate().alarms()).containsExactly(2L, 1L, 0L);
        assertThat(lines).extracting(AlarmBudgetResult::foundEvents).containsExactly(1, 1, 1);
        assertThat(lines).allMatch(line -> line.rate().windows() == ROWS - 21 && line.events() == 2);
        AlarmBudgetResult own = AlarmBudgetResult.ofVerdicts(series, judged).get(0);
        assertThat(own.rate().promised()).isEqualTo(0.01);
        assertThat(own.rate().alarms()).isEqualTo(2);
        AlarmBudgetResult pooled = AlarmBudgetResult.pooled(List.of(lines.get(0), lines.get(0)));
        assertThat(pooled.rate().alarms()).isEqualTo(4);
        assertThat(pooled.share()).isEqualTo(0.5);
    }

    @Test
    void causesAreRankedByTheLargestWeightOfAnEventAndByTheSharesOfARow() {
        boolean[] two = TestingSeries.labels(6, 1, 3, 4, 5);
        EvaluationSeries causal = TestingSeries.stream(
                3,
                10,
                two,
                // The end is misprinted; the second event has no causes that are known.
                List.of(new EventCauses(new LabelledEvent(1, 6), Set.of(0, 2))),
                1);
        float[] weights = {9, 9, 9, /* event */ 1, 2, 8, 7, 6, 0, /* */ 9, 9, 9, 9, 9, 9, 0, 0, 0};
        // Rows of the event: {0.1, 0.8, 0.1} names 1 and then 0; {0.5, 0, 0.5} names both causes.
        float[] shares = {1, 0, 0, 0.1f, 0.8f, 0.1f, 0.5f, 0, 0.5f, 0, 1, 0, 0, 1, 0, 0, 1, 0};

        CauseHitRates figures = CauseHitRates.of(causal, weights, shares);

        assertThat(figures.events()).isEqualTo(1);
        assertThat(figures.event100()).isEqualTo(1);
        assertThat(figures.row100()).isEqualTo((0.5 + 1) / 2);
        assertThat(figures.row150()).isEqualTo((1 + 1) / 2.0);
    }

    @Test
    void setsPairDetectorsBySeriesAndLeaveOutWhatOneOfThemLacks() {
        SetReport set = new SetReport(
                "set",
                List.of(
                        report("a", Map.of("noether", 0.5, "norm", 0.3)),
                        report("b", Map.of("noether", 0.7, "norm", 0.4)),
                        report("c", Map.of("noether", 0.9))));
        assertThat(set.means().get("noether").get(DetectionMetric.VUS_PR)).isCloseTo(0.7, within(1e-12));
        assertThat(set.means().get("norm").get(DetectionMetric.VUS_PR)).isCloseTo(0.35, within(1e-12));
        var difference =
                set.difference("noether", "norm", DetectionMetric.VUS_PR).orElseThrow();
        assertThat(difference.pairs()).isEqualTo(2);
        assertThat(difference.mean()).isCloseTo(0.25, within(1e-12));
        assertThat(set.difference("noether", "pca", DetectionMetric.VUS_PR)).isEmpty();
    }

    private static SeriesReport report(String name, Map<String, Double> vusPr) {
        Map<String, MetricValues> figures = new LinkedHashMap<>();
        vusPr.forEach((detector, value) ->
                figures.put(detector, MetricValues.of(new EnumMap<>(Map.of(DetectionMetric.VUS_PR, value)))));
        return new SeriesReport(
                name,
                new SeriesReport.Size(false, 10, 1),
                figures,
                Map.of(),
                new SeriesReport.Budgets(List.of(), List.of()),
                new SeriesReport.Causes(null, null),
                null);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
