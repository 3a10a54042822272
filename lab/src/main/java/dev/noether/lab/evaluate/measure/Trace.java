package dev.noether.lab.evaluate.measure;

import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.detect.JudgedSeries;
import dev.noether.lab.metric.LabelledEvent;
import java.util.Arrays;
import java.util.List;

/**
 * A series' scores, thinned out for drawing: of each run of rows the highest.
 *
 * @param step rows of a run
 * @param scores {@code [⌈rows ÷ step⌉]}, alarm scores; NaN where no row of a run was scored
 * @param rows of the series
 * @param events labelled
 * @param incidents opened
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Trace(int step, double[] scores, int rows, List<LabelledEvent> events, List<LabelledEvent> incidents) {
    private static final int MOST_POINTS = 1_200;

    /** Thins out. */
    public static Trace of(EvaluationSeries series, JudgedSeries judged) {
        int rows = judged.length();
        int step = Math.max(1, (rows + MOST_POINTS - 1) / MOST_POINTS);
        double[] highest = new double[(rows + step - 1) / step];
        Arrays.fill(highest, Double.NaN);
        for (int i = 0; i < rows; i++) {
            double score = judged.alarmScores()[i];
            if (!(score <= highest[i / step])) {
                highest[i / step] = Double.isNaN(score) ? highest[i / step] : score;
            }
        }
        return new Trace(step, highest, rows, LabelledEvent.of(series.labels()), List.copyOf(judged.incidents()));
    }
}
