package dev.noether.lab.data;

import dev.noether.model.series.SeriesSet;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The rows of a set in two parts, by a seed.
 *
 * @param kept the larger part, or the rest
 * @param held what was drawn: at least one row, and never all
 */
public record RowSplit(SeriesSet kept, SeriesSet held) {

    /**
     * Draws a share of the rows, rounded to the nearest number but at least one, each subset being as likely as any other.
     *
     * @param rows at least two
     * @param share in (0, 1)
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
        int held = (int) Math.max(1, Math.min(count - 1, Math.round(share * count)));
        return new RowSplit(
                rows.select(Arrays.copyOfRange(order, held, count)), rows.select(Arrays.copyOf(order, held)));
    }
}
