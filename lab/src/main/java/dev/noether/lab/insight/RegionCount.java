package dev.noether.lab.insight;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The number of regions of the partition near a point (Fig. 3 of the paper).
 *
 * <p>Along a straight line the count is exact. In a ball it is the number of different regions on straight lines from
 * the centre in random directions. This is exact in one dimension, and a lower bound in more dimensions, where an exact
 * count is too expensive. The bound grows with the number of lines. Counts with the same seed and the same number of
 * lines can be compared.
 */
public final class RegionCount {
    private RegionCount() {}

    /** Counts the different regions on the straight line between two points. */
    public static int along(PiecewiseAffineMap map, double[] from, double[] to) {
        Set<BitSet> patterns = new HashSet<>();
        map.walk(from, to, (pattern, start, end) -> patterns.add((BitSet) pattern.clone()));
        return patterns.size();
    }

    /**
     * Counts the regions in balls about one centre.
     *
     * @param centre centre, {@code [inputs]}
     * @param scales unit of length of each coordinate, such as the deviation of the codes, {@code [inputs]}
     * @param radii rising radii, each above 0
     * @param ways number of straight lines from the centre, at least 1
     * @return number of regions for each radius, rising
     * @throws IllegalArgumentException if a number is out of range
     */
    public static int[] inBalls(
            PiecewiseAffineMap map,
            double[] centre,
            double[] scales,
            double[] radii,
            int ways,
            RandomGenerator random) {
        if (!(ways >= 1)) {
            throw new IllegalArgumentException("`ways` must be at least 1 (got %d)".formatted(ways));
        }
        for (int index = 0; index < radii.length; index++) {
            if (!(radii[index] > (index == 0 ? 0 : radii[index - 1]) && radii[index] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "`radii` must rise from above 0 (got %s at index %d)".formatted(radii[index], index));
            }
        }
        double largest = radii[radii.length - 1];
        Map<BitSet, Double> nearest = new HashMap<>();
        for (int way = 0; way < ways; way++) {
            map.walk(
                    centre,
                    end(centre, scales, largest, random),
                    (pattern, start, end) -> nearest.merge((BitSet) pattern.clone(), start * largest, Math::min));
        }
        int[] counts = new int[radii.length];
        for (int index = 0; index < radii.length; index++) {
            double radius = radii[index];
            counts[index] = (int) nearest.values().stream()
                    .filter(distance -> distance < radius)
                    .count();
        }
        return counts;
    }

    private static double[] end(double[] centre, double[] scales, double radius, RandomGenerator random) {
        double[] direction = new double[centre.length];
        double squares = 0;
        for (int index = 0; index < direction.length; index++) {
            direction[index] = random.nextGaussian();
            squares += direction[index] * direction[index];
        }
        double[] end = centre.clone();
        for (int index = 0; index < end.length; index++) {
            end[index] += radius * scales[index] * direction[index] / Math.sqrt(squares);
        }
        return end;
    }
}
