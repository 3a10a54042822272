package dev.noether.model.shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds values of a training signal that lie far outside its usual range, such as −999 of a sensor that was off. One of
 * them would decide the level and the period, and hide that the signal repeats.
 *
 * <p>The history of an entity is cut into blocks of half the longest period that can be found. With M the maxima of the
 * blocks, a value is unusual above {@code q75(M) + 3 (q75(M) − q25(M))} plus the median range of a block, and likewise
 * below. So it is far above most blocks; a peak of each period is in half of them. A signal that drifts has a wide
 * quartile distance. If more than {@value #MOST} of the rows are unusual, as after long idle times, they are part of the
 * signal. Stateless; thread safe.
 */
final class SignalGlitches {
    private static final int FEWEST_BLOCKS = 6;
    private static final double FENCE = 3;
    private static final double MOST = 0.005;

    private SignalGlitches() {}

    /**
     * Replaces unusual values by the usual one before them.
     *
     * @param runs the runs of one entity, in order of time
     * @return the same runs, with their {@link SignalRun#usual}
     */
    static List<SignalRun> replaced(List<SignalRun> runs) {
        int rows = runs.stream().mapToInt(run -> run.values().length).sum();
        int block = Math.min(PeriodEstimator.LONGEST / 2, rows / FEWEST_BLOCKS);
        if (block == 0) {
            return runs;
        }
        double[] highs = new double[rows / block];
        double[] lows = new double[highs.length];
        extremes(runs, block, highs, lows);
        double[] ranges = new double[highs.length];
        for (int b = 0; b < ranges.length; b++) {
            ranges[b] = highs[b] + lows[b];
        }
        double range = quantile(ranges, 0.5);
        double highest = fence(highs) + range;
        double lowest = -fence(lows) - range;
        if (unusual(runs, lowest, highest) > MOST * rows) {
            return runs;
        }
        List<SignalRun> usual = new ArrayList<>();
        float last = Float.NaN;
        for (SignalRun run : runs) {
            float[] values = replaced(run.values(), lowest, highest, last);
            usual.add(new SignalRun(run.entity(), run.firstRow(), run.values(), values));
            last = values.length == 0 ? last : values[values.length - 1];
        }
        return usual;
    }

    /** Collects the maxima of the blocks, and their negative minima; the last block has the remaining rows, too. */
    private static void extremes(List<SignalRun> runs, int block, double[] highs, double[] lows) {
        Arrays.fill(highs, Double.NEGATIVE_INFINITY);
        Arrays.fill(lows, Double.NEGATIVE_INFINITY);
        int row = 0;
        for (SignalRun run : runs) {
            for (float value : run.values()) {
                int b = Math.min(row++ / block, highs.length - 1);
                highs[b] = Math.max(highs[b], value);
                lows[b] = Math.max(lows[b], -value);
            }
        }
    }

    private static int unusual(List<SignalRun> runs, double lowest, double highest) {
        int count = 0;
        for (SignalRun run : runs) {
            for (float value : run.values()) {
                count += value >= lowest && value <= highest ? 0 : 1;
            }
        }
        return count;
    }

    private static double fence(double[] values) {
        double high = quantile(values, 0.75);
        return high + FENCE * (high - quantile(values, 0.25));
    }

    private static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) (share * (sorted.length - 1))];
    }

    /** Returns the same array if all values are usual. */
    private static float[] replaced(float[] values, double lowest, double highest, float before) {
        float[] usual = values;
        float last = Float.isNaN(before) ? firstUsual(values, lowest, highest) : before;
        for (int i = 0; i < values.length; i++) {
            if (values[i] >= lowest && values[i] <= highest) {
                last = values[i];
            } else {
                usual = usual == values ? values.clone() : usual;
                usual[i] = last;
            }
        }
        return usual;
    }

    private static float firstUsual(float[] values, double lowest, double highest) {
        for (float value : values) {
            if (value >= lowest && value <= highest) {
                return value;
            }
        }
        return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, (lowest + highest) / 2));
    }
}
