package dev.noether.lab.evaluate.measure;

import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.detect.DetectorOutput;
import dev.noether.lab.metric.LabelledEvent;
import java.util.Arrays;
import java.util.List;

/**
 * The alarm scores of a series for a chart: the highest score of each block of rows.
 *
 * @param step rows in a block
 * @param scores {@code [⌈rows ÷ step⌉]}, highest alarm score of each block; NaN if no row of it was scored
 * @param rows number of test rows
 * @param events labelled events
 * @param incidents opened incidents
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ScoreChartData(
        int step, double[] scores, int rows, List<LabelledEvent> events, List<LabelledEvent> incidents) {
    private static final int MOST_POINTS = 1_200;

    /** Reduces the scores to at most {@value #MOST_POINTS} blocks. */
    public static ScoreChartData of(EvaluationSeries series, DetectorOutput output) {
        int rows = output.length();
        int step = Math.max(1, (rows + MOST_POINTS - 1) / MOST_POINTS);
        double[] highest = new double[(rows + step - 1) / step];
        Arrays.fill(highest, Double.NaN);
        for (int i = 0; i < rows; i++) {
            double score = output.rows().alarmScores()[i];
            if (!(score <= highest[i / step])) {
                highest[i / step] = Double.isNaN(score) ? highest[i / step] : score;
            }
        }
        return new ScoreChartData(
                step, highest, rows, LabelledEvent.of(series.labels()), List.copyOf(output.incidents()));
    }
}
