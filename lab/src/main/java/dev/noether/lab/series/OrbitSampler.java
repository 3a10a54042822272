package dev.noether.lab.series;

import dev.noether.model.series.SeriesSet;
import dev.noether.model.symmetry.learned.SymmetryFlow;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An endless source of training series. Each pass contains all series in a new random order. If there is a flow, most
 * series are moved by a random motion of it. The same series, flow and seed result in the same rows. Not thread-safe.
 */
final class OrbitSampler {
    /** Share of the series that are moved; all others are used as recorded. */
    private static final double MOVED_SHARE = 0.9;

    private static final int FEWEST_SAMPLED = 1000;
    private static final int MOST_COPIES = 16;

    private final SeriesSet series;
    private final @Nullable SymmetryFlow flow;
    private final long seed;
    private final RandomGenerator random;
    private final int[] order;
    private final double[] row;
    private final double[] moved;
    private int position;

    OrbitSampler(SeriesSet series, @Nullable SymmetryFlow flow, long seed) {
        this.series = series;
        this.flow = flow;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.order = new int[series.count()];
        for (int index = 0; index < order.length; index++) {
            order[index] = index;
        }
        this.row = new double[series.length()];
        this.moved = new double[series.length()];
        this.position = order.length;
    }

    SeriesSet series() {
        return series;
    }

    long seed() {
        return seed;
    }

    /** Returns the next row, {@code [length]}. The next call overwrites it. */
    double[] next() {
        if (position == order.length) {
            shuffle();
            position = 0;
        }
        series.copyRow(order[position++], row);
        if (flow == null || random.nextDouble() >= MOVED_SHARE) {
            return row;
        }
        flow.move(row, random.nextInt(flow.motions()), random, moved);
        return moved;
    }

    private void shuffle() {
        for (int last = order.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int swapped = order[last];
            order[last] = order[other];
            order[other] = swapped;
        }
    }

    /**
     * Returns the rows to which the linear base is fitted: the series, followed by moved copies of each. There are
     * enough copies for {@value #FEWEST_SAMPLED} rows, but at least 1 and at most {@value #MOST_COPIES} of each series.
     * The random numbers are independent of {@link #next}.
     */
    SeriesSet sample() {
        if (flow == null) {
            return series;
        }
        int count = series.count();
        int copies = Math.max(1, Math.min(MOST_COPIES, FEWEST_SAMPLED / count));
        RandomGenerator own = new SplittableRandom(seed + 1);
        float[] sample = Arrays.copyOf(series.values(), Math.multiplyExact((1 + copies) * count, row.length));
        double[] source = new double[row.length];
        double[] copy = new double[row.length];
        for (int index = count; index < (1 + copies) * count; index++) {
            series.copyRow(index % count, source);
            flow.move(source, own.nextInt(flow.motions()), own, copy);
            for (int column = 0; column < copy.length; column++) {
                sample[index * copy.length + column] = (float) copy[column];
            }
        }
        return SeriesSet.of(sample, (1 + copies) * count, row.length);
    }
}
