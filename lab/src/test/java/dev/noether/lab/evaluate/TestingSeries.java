package dev.noether.lab.evaluate;

import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.dataset.TimedRows;
import dev.noether.lab.evaluate.detect.DetectorOutput;
import dev.noether.lab.metric.EventCauses;
import dev.noether.lab.metric.LabelledEvent;
import dev.noether.schemas.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Synthetic series and detector outputs. */
public final class TestingSeries {
    private TestingSeries() {}

    /** A stream of noise of this width, with these labels; the values of anomalous rows are 5 higher. */
    public static EvaluationSeries stream(
            int width, int trainRows, boolean[] labels, List<EventCauses> causes, long seed) {
        Random random = new Random(seed);
        float[] train = noise(trainRows * width, random);
        float[] test = noise(labels.length * width, random);
        for (int i = 0; i < test.length; i++) {
            test[i] += labels[i / width] ? 5 : 0;
        }
        return new EvaluationSeries(
                "noise",
                false,
                IntStream.range(0, width).mapToObj(j -> "f" + j).toList(),
                new TimedRows(times(0, trainRows), train, width),
                new TimedRows(times(trainRows, labels.length), test, width),
                IntStream.range(0, labels.length).mapToObj(String::valueOf).toArray(String[]::new),
                labels,
                causes);
    }

    /** A stream of one feature with these values, of which the first are for training. */
    public static EvaluationSeries ofRows(float[] values, int trainRows, boolean[] labels) {
        return new EvaluationSeries(
                "values",
                false,
                List.of("f0"),
                new TimedRows(times(0, trainRows), Arrays.copyOf(values, trainRows), 1),
                new TimedRows(times(trainRows, labels.length), Arrays.copyOfRange(values, trainRows, values.length), 1),
                IntStream.range(0, labels.length).mapToObj(String::valueOf).toArray(String[]::new),
                labels,
                List.of());
    }

    /** Labels of so many rows, true from the first to before the last number of each pair. */
    public static boolean[] labels(int rows, int... ends) {
        boolean[] labels = new boolean[rows];
        for (int i = 0; i < ends.length; i += 2) {
            Arrays.fill(labels, ends[i], ends[i + 1], true);
        }
        return labels;
    }

    /** An output whose alarm scores are its scores, with alarms where the p-value is at most .01. */
    public static DetectorOutput output(double[] scores, double[] pValues) {
        Verdict[] verdicts = new Verdict[scores.length];
        boolean[] flagged = new boolean[scores.length];
        for (int i = 0; i < verdicts.length; i++) {
            flagged[i] = pValues[i] <= 0.01;
            verdicts[i] = Double.isNaN(scores[i]) ? Verdict.UNSCORED : flagged[i] ? Verdict.ANOMALOUS : Verdict.NORMAL;
        }
        return new DetectorOutput(
                new DetectorOutput.RowScores(scores, scores, pValues, verdicts),
                null,
                LabelledEvent.of(flagged),
                new DetectorOutput.AlarmRule(0.01, null),
                new DetectorOutput.Timing(1.5, 0.25));
    }

    private static float[] noise(int count, Random random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static long[] times(int from, int count) {
        return IntStream.range(from, from + count).mapToLong(i -> i * 60_000L).toArray();
    }
}
