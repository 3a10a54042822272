package dev.noether.lab.data;

import dev.noether.model.series.SeriesSet;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A random split of the rows of a set into a sample and the remaining rows.
 *
 * @param remainder remaining rows, at least one
 * @param sample drawn rows, at least one and never all
 */
public record RowSplit(SeriesSet remainder, SeriesSet sample) {

    /**
     * Draws a share of the rows, rounded to the nearest number but at least one. All subsets are equally likely.
     *
     * @param rows at least two rows
     * @param share share of the sample, in (0, 1)
     * @throws IllegalArgumentException if there are fewer rows or the share is out of range
     */
    public static RowSplit of(SeriesSet rows, double share, long seed) {
        int count = rows.count();
        if (!(count >= 2)) {
            throw new IllegalArgumentException("`rows` must be at least 2 to be split (got %d)".formatted(count));
        }
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("`share` must be in (0, 1) (got %s)".formatted(share));
        }
        int[] order = new int[count];
        Arrays.setAll(order, index -> index);
        SplittableRandom random = new SplittableRandom(seed);
        for (int last = count - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int swapped = order[last];
            order[last] = order[other];
            order[other] = swapped;
        }
        int sampled = (int) Math.max(1, Math.min(count - 1, Math.round(share * count)));
        return new RowSplit(
                rows.select(Arrays.copyOfRange(order, sampled, count)), rows.select(Arrays.copyOf(order, sampled)));
    }
}
