package dev.noether.lab.series;

import dev.noether.model.series.SeriesDistances;
import dev.noether.model.series.SeriesSet;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds which series measure one thing again. Such series must be held out together: where one of them trains, the
 * others cannot tell how far the model is from things that it has not seen (grouped cross-validation).
 *
 * <p>Series are grouped with their nearest others, and if need be the groups with their nearest groups (single
 * linkage), up to {@value #MOST_TIMES} series a group on average, as larger ones may be classes; more than three
 * repeats may come out as two groups. Groups count as repeats where the nearest series of another group is, at the
 * median, {@value #FARTHER} times as far as the farthest of the own one. Independent draws from two dimensions or more
 * stay below (.7 to .9 on the UCR sets without repeats), few draws from a curve seldom do not (1.7 at the median);
 * triplicates of spectra are at 2.4. Of more than {@value #MOST_SERIES} series none are looked for, as that takes
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

    /** The group of each series, numbered from 0 in the order of their first series; each its own where none repeat. */
    static int[] groups(SeriesSet series) {
        int[] single = IntStream.range(0, series.count()).toArray();
        if (series.count() > MOST_SERIES) {
            return single;
        }
        RepeatedMeasurements repeats = new RepeatedMeasurements(SeriesDistances.squared(series));
        int[] groups = single;
        while (true) {
            groups = repeats.joined(groups);
            int found = 1 + Arrays.stream(groups).max().orElseThrow();
            if (found == 1 || found * MOST_TIMES < series.count()) {
                return single;
            }
            if (repeats.areApart(groups)) {
                return groups;
            }
        }
    }

    /** Each group together with the group of the series that is nearest to one of its own. */
    private int[] joined(int[] groups) {
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
        return numbered();
    }

    private int[] numbered() {
        int[] groups = new int[root.length];
        int[] numberOf = new int[root.length];
        Arrays.fill(numberOf, -1);
        int found = 0;
        for (int row = 0; row < root.length; row++) {
            int representative = root(row);
            if (numberOf[representative] < 0) {
                numberOf[representative] = found++;
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
            // Copies are repeats however near the next series is.
            ratios[row] = Math.sqrt(outside / Math.max(inside, Double.MIN_NORMAL));
        }
        Arrays.sort(ratios);
        return ratios[count / 2] >= FARTHER;
    }
}
