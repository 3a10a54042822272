package dev.noether.lab.evaluate.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.lab.evaluate.TestingSeries;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class ScoreChartDataTest extends RandomizedTest {
    @Test
    void aShortSeriesIsKeptRowByRow() {
        ScoreChartData chart = chart(new double[] {3, Double.NaN, 1});
        assertThat(chart.step()).isEqualTo(1);
        assertThat(chart.scores()).containsExactly(3, Double.NaN, 1);
    }

    @Test
    void eachBlockShowsItsHighestScore() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 20; trial++) {
            double[] scores = new double[1_000 + random.nextInt(9_000)];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = random.nextInt(4) == 0 ? Double.NaN : random.nextGaussian();
            }
            ScoreChartData chart = chart(scores);
            assertThat(chart.scores().length).isLessThanOrEqualTo(1_200);
            assertThat(chart.scores().length * chart.step()).isGreaterThanOrEqualTo(scores.length);
            for (int block = 0; block < chart.scores().length; block++) {
                int start = block * chart.step();
                double highest = Arrays.stream(scores, start, Math.min(scores.length, start + chart.step()))
                        .filter(Double::isFinite)
                        .max()
                        .orElse(Double.NaN);
                assertThat(Double.valueOf(chart.scores()[block]))
                        .as("block %d", block)
                        .isEqualTo(Double.valueOf(highest));
            }
        }
    }

    @Test
    void eventsComeFromTheLabels() {
        boolean[] labels = TestingSeries.labels(30, 4, 6, 20, 21);
        EvaluationSeries series = TestingSeries.stream(1, 5, labels, List.of(), 1);
        ScoreChartData chart = ScoreChartData.of(series, TestingSeries.output(new double[30], new double[30]));
        assertThat(chart.events()).extracting(event -> event.start()).containsExactly(4, 20);
        assertThat(chart.rows()).isEqualTo(30);
    }

    private static ScoreChartData chart(double[] scores) {
        EvaluationSeries series = TestingSeries.stream(1, 5, new boolean[scores.length], List.of(), 1);
        double[] pValues = new double[scores.length];
        Arrays.fill(pValues, 0.5);
        return ScoreChartData.of(series, TestingSeries.output(scores, pValues));
    }
}
