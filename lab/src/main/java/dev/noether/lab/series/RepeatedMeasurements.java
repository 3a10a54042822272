package dev.noether.lab.series;

import dev.noether.model.series.SeriesDistances;
import dev.noether.model.series.SeriesSet;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds groups of series that are repeated measurements of one object. All series of a group must be held out together
 * (grouped cross-validation): if one of them is used for training, the error on the others does not measure the error
 * on new objects.
 *
 * <p>Each series is joined with its nearest neighbour, and if necessary each group with its nearest group (single
 * linkage), up to {@value #MOST_TIMES} series in a group on average, since larger groups may be classes. More than
 * three repeats may form two groups. Groups are repeats if the distance to the nearest series of another group is at
 * least {@value #FARTHER} times the distance to the farthest series of the same group, in the median over all series.
 * This ratio is 0.7 to 0.9 on UCR sets without repeats, 1.7 in the median for a few random points of a curve, and 2.4
 * for triplicates of spectra. Sets of more than {@value #MOST_SERIES} series are not searched, because the search takes
 * O(count² · length).
 */
final class RepeatedMeasurements {
    static final int MOST_SERIES = 2000;
    static final int MOST_TIMES = 6;
    static final int FARTHER = 2;

    private final double[][] distances;
    private final int[] root;

    private RepeatedMeasurements(double[][] distances) {
        this.distances = distances;
        this.root = IntStream.range(0, distances.length).toArray();
    }

    /**
     * Returns the group of each series, numbered from 0 in the order of the first series. Without repeats each series
     * is a group.
     */
    static int[] groups(SeriesSet series) {
        int[] single = IntStream.range(0, series.count()).toArray();
        if (series.count() > MOST_SERIES) {
            return single;
        }
        RepeatedMeasurements repeats = new RepeatedMeasurements(SeriesDistances.squared(series));
        int[] groups = single;
        while (true) {
            groups = repeats.joinNearest(groups);
            int groupCount = 1 + Arrays.stream(groups).max().orElseThrow();
            if (groupCount == 1 || groupCount * MOST_TIMES < series.count()) {
                return single;
            }
            if (repeats.areApart(groups)) {
                return groups;
            }
        }
    }

    /** Joins each group with the group of the series that is nearest to one of its members. */
    private int[] joinNearest(int[] groups) {
        int count = groups.length;
        int[] from = new int[count];
        int[] to = new int[count];
        double[] nearest = new double[count];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        for (int row = 0; row < count; row++) {
            for (int other = 0; other < count; other++) {
                int group = groups[row];
                if (groups[other] != group && distances[row][other] < nearest[group]) {
                    nearest[group] = distances[row][other];
                    from[group] = row;
                    to[group] = other;
                }
            }
        }
        for (int group = 0; group < count; group++) {
            join(from[group], to[group]);
        }
        return groupNumbers();
    }

    private int[] groupNumbers() {
        int[] groups = new int[root.length];
        int[] numberOf = new int[root.length];
        Arrays.fill(numberOf, -1);
        int groupCount = 0;
        for (int row = 0; row < root.length; row++) {
            int representative = root(row);
            if (numberOf[representative] < 0) {
                numberOf[representative] = groupCount++;
            }
            groups[row] = numberOf[representative];
        }
        return groups;
    }

    private void join(int left, int right) {
        root[root(left)] = root(right);
    }

    private int root(int row) {
        int representative = row;
        while (root[representative] != representative) {
            representative = root[representative];
        }
        return representative;
    }

    private boolean areApart(int[] groups) {
        int count = distances.length;
        double[] ratios = new double[count];
        for (int row = 0; row < count; row++) {
            double inside = 0;
            double outside = Double.POSITIVE_INFINITY;
            for (int other = 0; other < count; other++) {
                if (other == row) {
                    continue;
                }
                if (groups[other] == groups[row]) {
                    inside = Math.max(inside, distances[row][other]);
                } else {
                    outside = Math.min(outside, distances[row][other]);
                }
            }
            // Identical series are repeats, no matter how near the next series is.
            ratios[row] = Math.sqrt(outside / Math.max(inside, Double.MIN_NORMAL));
        }
        Arrays.sort(ratios);
        return ratios[count / 2] >= FARTHER;
    }
}
