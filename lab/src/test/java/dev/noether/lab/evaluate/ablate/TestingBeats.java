package dev.noether.lab.evaluate.ablate;

import dev.noether.lab.evaluate.TestingSeries;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.dataset.TimedRows;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A signal of beats that come a little earlier or later, wider or narrower. */
public final class TestingBeats {
    private static final int PERIOD = 64;
    private static final double NOISE = 0.03;

    private TestingBeats() {}

    /**
     * Makes a series.
     *
     * @param name of the series
     * @param strangeBeat the test beat whose trough comes late after its peak; −1 for none
     */
    public static EvaluationSeries series(String name, int trainBeats, int testBeats, int strangeBeat, long seed) {
        Random random = new Random(seed);
        float[] train = beats(trainBeats, -1, random);
        float[] test = beats(testBeats, strangeBeat, random);
        boolean[] labels = strangeBeat < 0
                ? new boolean[test.length]
                : TestingSeries.labels(test.length, strangeBeat * PERIOD, (strangeBeat + 1) * PERIOD);
        return new EvaluationSeries(
                name,
                false,
                List.of("signal"),
                new TimedRows(times(0, train.length), train, 1),
                new TimedRows(times(train.length, test.length), test, 1),
                IntStream.range(0, test.length).mapToObj(String::valueOf).toArray(String[]::new),
                labels,
                List.of());
    }

    private static float[] beats(int count, int strangeBeat, Random random) {
        float[] values = new float[count * PERIOD];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (NOISE * random.nextGaussian());
        }
        for (int beat = 0; beat < count; beat++) {
            double shift = 3 * random.nextGaussian();
            double width = 1 + 0.12 * random.nextGaussian();
            double trough = beat == strangeBeat ? 20 : 10;
            for (int row = 0; row < PERIOD; row++) {
                double at = (row - 26 - shift) / width;
                values[beat * PERIOD + row] += (float) (bump(at, 4) - 0.6 * bump(at - trough, 3));
            }
        }
        return values;
    }

    private static double bump(double at, double width) {
        return Math.exp(-at * at / (2 * width * width));
    }

    private static long[] times(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToLong(row -> 1_700_000_000_000L + 60_000L * row)
                .toArray();
    }
}
