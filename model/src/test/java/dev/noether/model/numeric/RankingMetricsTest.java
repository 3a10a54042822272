package dev.noether.model.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class RankingMetricsTest {
    private static final long SEED = 20_260_101L;

    @Test
    void examplesOfScikitLearn() {
        // The examples in the documentation of roc_auc_score and average_precision_score.
        float[] scores = {0.1f, 0.4f, 0.35f, 0.8f};
        boolean[] labels = {false, false, true, true};
        assertThat(RankingMetrics.aucRoc(scores, labels)).isEqualTo(0.75);
        assertThat(RankingMetrics.aucPr(scores, labels)).isCloseTo(0.8333333333333333, within(1e-15));
    }

    @Test
    void aPerfectRankingAndItsReverse() {
        float[] scores = {Float.NEGATIVE_INFINITY, -2, 3, Float.POSITIVE_INFINITY};
        assertThat(RankingMetrics.aucRoc(scores, new boolean[] {false, false, true, true}))
                .isEqualTo(1);
        assertThat(RankingMetrics.aucPr(scores, new boolean[] {false, false, true, true}))
                .isEqualTo(1);
        assertThat(RankingMetrics.aucRoc(scores, new boolean[] {true, true, false, false}))
                .isEqualTo(0);
        // Found at ranks 3 and 4: (1/3 + 2/4) / 2.
        assertThat(RankingMetrics.aucPr(scores, new boolean[] {true, true, false, false}))
                .isCloseTo(5.0 / 12, within(1e-15));
    }

    @Test
    void equalScoresAreAsGoodAsChance() {
        float[] scores = {0.0f, -0.0f, 0.0f, -0.0f};
        boolean[] labels = {true, false, false, false};
        assertThat(RankingMetrics.aucRoc(scores, labels)).isEqualTo(0.5);
        assertThat(RankingMetrics.aucPr(scores, labels)).isEqualTo(0.25);
    }

    @Test
    void agreesWithTheDefinitionsOnRandomSmallCases() {
        Random random = new Random(SEED);
        for (int round = 0; round < 3_000; round++) {
            int length = 2 + random.nextInt(12);
            float[] scores = new float[length];
            boolean[] labels = new boolean[length];
            for (int i = 0; i < length; i++) {
                scores[i] = random.nextInt(5) - 2; // few values, many ties
                labels[i] = random.nextInt(3) == 0;
            }
            labels[0] = true;
            labels[1] = false;
            assertThat(RankingMetrics.aucRoc(scores, labels))
                    .as("round %d of seed %d", round, SEED)
                    .isCloseTo(pairwiseAucRoc(scores, labels), within(1e-12));
            assertThat(RankingMetrics.aucPr(scores, labels))
                    .as("round %d of seed %d", round, SEED)
                    .isCloseTo(thresholdwiseAucPr(scores, labels), within(1e-12));
        }
    }

    @Test
    void argumentsAreChecked() {
        assertThatThrownBy(() -> RankingMetrics.aucRoc(new float[2], new boolean[3]))
                .hasMessage("`scores` and `labels` must be of the same length (got 2 and 3)");
        assertThatThrownBy(() -> RankingMetrics.aucRoc(new float[2], new boolean[] {true, true}))
                .hasMessage("`labels` must hold both true and false (got 2 true of 2)");
        assertThatThrownBy(() -> RankingMetrics.aucPr(new float[2], new boolean[2]))
                .hasMessage("`labels` must hold true at least once (got 0 true of 2)");
        assertThatThrownBy(() -> RankingMetrics.aucPr(new float[] {1, Float.NaN}, new boolean[] {true, false}))
                .hasMessage("`scores` must not hold NaN (got one at index 1)");
    }

    private static double pairwiseAucRoc(float[] scores, boolean[] labels) {
        double won = 0;
        int pairs = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                if (labels[i] && !labels[j]) {
                    pairs++;
                    won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        return won / pairs;
    }

    private static double thresholdwiseAucPr(float[] scores, boolean[] labels) {
        double area = 0;
        double recallBefore = 0;
        for (float threshold = 3; threshold >= -3; threshold--) {
            int anomalous = 0;
            int found = 0;
            int raised = 0;
            for (int i = 0; i < scores.length; i++) {
                anomalous += labels[i] ? 1 : 0;
                raised += scores[i] >= threshold ? 1 : 0;
                found += labels[i] && scores[i] >= threshold ? 1 : 0;
            }
            double recall = (double) found / anomalous;
            area += raised == 0 ? 0 : (recall - recallBefore) * found / raised;
            recallBefore = recall;
        }
        return area;
    }
}
