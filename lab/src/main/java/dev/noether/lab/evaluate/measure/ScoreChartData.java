package dev.noether.lab.evaluate.measure;

import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.detect.DetectorOutput;
import dev.noether.lab.evaluate.portrait.ShapePortrait;
import dev.noether.lab.metric.LabelledEvent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The alarm scores of a series for a chart: the highest score of each block of rows.
 *
 * @param step rows in a block
 * @param scores {@code [⌈rows ÷ step⌉]}, highest alarm score of each block; NaN if no row of it was scored
 * @param rows number of test rows
 * @param events labelled events
 * @param incidents opened incidents
 * @param details of the rows with the highest scores
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ScoreChartData(
        int step,
        double[] scores,
        int rows,
        List<LabelledEvent> events,
        List<LabelledEvent> incidents,
        Details details) {
    private static final int MOST_POINTS = 1_200;
    private static final int MOST_FEATURES = 3;

    /**
     * Thresholds, times and features; everything in them is of the row with the highest score of its block.
     *
     * @param thresholds {@code [blocks]}, thresholds of the alarm score; NaN if unknown
     * @param times {@code [rows]}, the time of every test row, milliseconds since 1970 UTC; null if the files hold no
     *     dates
     * @param portrait what the shape view has learned; null if the model has none
     * @param shape whether shapes are judged, as a sentence; empty if that is not known
     * @param features the features with the largest shares of the anomalous scores, largest first
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Details(
            double[] thresholds,
            long @Nullable [] times,
            @Nullable ShapePortrait portrait,
            String shape,
            List<FeatureValues> features) {}

    /**
     * The values of one feature.
     *
     * @param name of the feature
     * @param values {@code [blocks]}; NaN is missing
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record FeatureValues(String name, double[] values) {}

    /** Makes data without details. */
    public ScoreChartData(
            int step, double[] scores, int rows, List<LabelledEvent> events, List<LabelledEvent> incidents) {
        this(step, scores, rows, events, incidents, new Details(new double[0], null, null, "", List.of()));
    }

    /** Reduces the scores to at most {@value #MOST_POINTS} blocks. */
    public static ScoreChartData of(EvaluationSeries series, DetectorOutput output) {
        int rows = output.length();
        int step = Math.max(1, (rows + MOST_POINTS - 1) / MOST_POINTS);
        double[] highest = new double[(rows + step - 1) / step];
        Arrays.fill(highest, Double.NaN);
        int[] places =
                IntStream.range(0, highest.length).map(block -> block * step).toArray();
        for (int i = 0; i < rows; i++) {
            double score = output.rows().alarmScores()[i];
            if (!Double.isNaN(score) && !(score <= highest[i / step])) {
                highest[i / step] = score;
                places[i / step] = i;
            }
        }
        return new ScoreChartData(
                step,
                highest,
                rows,
                LabelledEvent.of(series.labels()),
                List.copyOf(output.incidents()),
                new Details(
                        Arrays.stream(places)
                                .mapToDouble(row -> output.rows().thresholds()[row])
                                .toArray(),
                        series.input().isDated() ? series.test().times() : null,
                        output.portrait(),
                        output.shape(),
                        features(series, output.findings().shares(), places)));
    }

    private static List<FeatureValues> features(EvaluationSeries series, double[] shares, int[] places) {
        return IntStream.range(0, shares.length)
                .boxed()
                .filter(feature -> shares[feature] > 0)
                .sorted(Comparator.comparingDouble(feature -> -shares[feature]))
                .limit(MOST_FEATURES)
                .map(feature -> new FeatureValues(
                        series.features().get(feature),
                        Arrays.stream(places)
                                .mapToDouble(row -> series.test().observed()[row * series.width() + feature])
                                .toArray()))
                .toList();
    }
}
