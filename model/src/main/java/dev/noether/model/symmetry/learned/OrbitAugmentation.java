package dev.noether.model.symmetry.learned;

import static java.util.Objects.requireNonNull;

import dev.noether.model.series.SeriesSet;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Data augmentation along a symmetry: adds moved copies of the series to a training set, once before training.
 *
 * @param flow the motions of the copies
 * @param seed seed of the random motions; equal seeds, flows and series produce equal copies
 */
public record OrbitAugmentation(SymmetryFlow flow, long seed) {
    private static final int WANTED_SERIES = 2500;
    private static final int FEWEST_COPIES = 2;
    private static final int MOST_COPIES = 16;

    /** Refuses null. */
    public OrbitAugmentation {
        requireNonNull(flow, "flow");
    }

    /**
     * Number of copies of each series: enough for 2500 series in total, from 2 to 16, and at most the number of
     * motions.
     *
     * @param series number of series in the training set, at least 1
     */
    public int copies(int series) {
        int wanted = Math.max(FEWEST_COPIES, Math.min(MOST_COPIES, WANTED_SERIES / series));
        return Math.min(wanted, flow.motions());
    }

    /**
     * The unchanged series, {@code [count × length]}, followed by the first copy of each, the second copy of each, and
     * so on.
     */
    public SeriesSet augment(SeriesSet series) {
        int count = series.count();
        int length = series.length();
        int copies = copies(count);
        float[] augmented = Arrays.copyOf(series.values(), Math.multiplyExact((1 + copies) * length, count));
        RandomGenerator random = new SplittableRandom(seed);
        double[] row = new double[length];
        double[] moved = new double[length];
        for (int copy = 0; copy < copies; copy++) {
            for (int index = 0; index < count; index++) {
                series.copyRow(index, row);
                flow.move(row, index + copy, random, moved);
                int offset = ((1 + copy) * count + index) * length;
                for (int column = 0; column < length; column++) {
                    augmented[offset + column] = (float) moved[column];
                }
            }
        }
        return SeriesSet.of(augmented, (1 + copies) * count, length);
    }
}
