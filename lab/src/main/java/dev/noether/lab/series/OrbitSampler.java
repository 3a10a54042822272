package dev.noether.lab.series;

import dev.noether.model.series.SeriesSet;
import dev.noether.model.symmetry.learned.SymmetryFlow;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Training series without end: all of them in a new order each time round, most of them moved by a random motion of a
 * flow, if there is one. The same series, flow and seed give the same rows. Not thread-safe.
 */
final class OrbitSampler {
    /** One series of ten comes as it was recorded. */
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

    /** The next row, {@code [length]}; overwritten by the next call. */
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
     * What the linear start is fitted to, drawn apart from {@link #next}: the series, followed by moved copies of each,
     * at least one and otherwise enough for {@value #FEWEST_SAMPLED} rows, but not more than {@value #MOST_COPIES}.
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
