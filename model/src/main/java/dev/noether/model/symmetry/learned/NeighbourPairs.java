package dev.noether.model.symmetry.learned;

import static java.util.Objects.requireNonNull;

import dev.noether.model.series.SeriesDistances;
import dev.noether.model.series.SeriesSet;
import java.util.Arrays;

/**
 * Pairs of near neighbours in a set of series. The difference of two neighbours on one orbit is, to first order, a
 * tangent of that orbit.
 *
 * <p>Each pair has a difference {@code x_j − x_i} and a midpoint {@code (x_i + x_j) / 2}; an estimator explains the
 * difference by motions of the midpoint. The midpoint is used instead of an end because the approximation is then of
 * second order, and because noise in the ends does not correlate with the difference. A pair that is found from both of
 * its ends counts once. Of more than {@value #MOST_SERIES} series, {@value #MOST_SERIES} evenly spaced ones are used.
 * Immutable and thread-safe.
 */
public final class NeighbourPairs implements SeriesPairs {
    static final int MOST_SERIES = 2000;

    private final SeriesSet series;
    private final int[] first;
    private final int[] second;
    private final double smoothing;

    private NeighbourPairs(SeriesSet series, int[] first, int[] second, double smoothing) {
        this.series = series;
        this.first = first;
        this.second = second;
        this.smoothing = smoothing;
    }

    /**
     * The pairs of each series and its nearest others in Euclidean distance, in O(count² · length).
     *
     * @param series at least two
     * @param neighbours number of neighbours of each series, at least 1; if there are fewer others, all of them
     * @throws IllegalArgumentException if a number is out of range
     */
    public static NeighbourPairs of(SeriesSet series, int neighbours) {
        requireNonNull(series, "series");
        if (series.count() < 2) {
            throw new IllegalArgumentException("`series` must be at least 2 (got " + series.count() + ")");
        }
        if (neighbours < 1) {
            throw new IllegalArgumentException("`neighbours` must be at least 1 (got " + neighbours + ")");
        }
        SeriesSet used = evenlySpaced(series);
        double[][] distances = SeriesDistances.squared(used);
        int nearest = Math.min(neighbours, used.count() - 1);
        int[] first = new int[used.count() * nearest];
        int[] second = new int[used.count() * nearest];
        boolean[] chosen = new boolean[used.count() * used.count()];
        int pairs = 0;
        for (int row = 0; row < used.count(); row++) {
            for (int neighbour : nearest(distances[row], row, nearest)) {
                int low = Math.min(row, neighbour);
                int high = Math.max(row, neighbour);
                if (!chosen[low * used.count() + high]) {
                    chosen[low * used.count() + high] = true;
                    first[pairs] = row;
                    second[pairs] = neighbour;
                    pairs++;
                }
            }
        }
        return new NeighbourPairs(used, Arrays.copyOf(first, pairs), Arrays.copyOf(second, pairs), 0);
    }

    /**
     * The same pairs of the smoothed series, see {@link GaussianSmoothing}. The derivatives of smoothed series contain
     * less noise. For learning only.
     *
     * @param deviation standard deviation of the Gaussian in samples, at least 0; 0 leaves the series as they are
     */
    public NeighbourPairs smoothed(double deviation) {
        if (!(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`deviation` must be finite and at least 0 (got " + deviation + ")");
        }
        if (smoothing != 0) {
            throw new IllegalStateException("these pairs are already smoothed, with a deviation of " + smoothing);
        }
        return deviation == 0
                ? this
                : new NeighbourPairs(GaussianSmoothing.of(series, deviation), first, second, deviation);
    }

    @Override
    public int count() {
        return first.length;
    }

    @Override
    public int length() {
        return series.length();
    }

    @Override
    public double smoothing() {
        return smoothing;
    }

    /** Writes {@code x_j − x_i} and the midpoint {@code (x_i + x_j) / 2} of a pair. */
    @Override
    public void copyPair(int pair, double[] difference, double[] midpoint) {
        for (int column = 0; column < series.length(); column++) {
            double start = series.value(first[pair], column);
            double end = series.value(second[pair], column);
            difference[column] = end - start;
            midpoint[column] = (start + end) / 2;
        }
    }

    /** Writes the two series of a pair, each {@code [length]}. */
    void copyEnds(int pair, double[] start, double[] end) {
        series.copyRow(first[pair], start);
        series.copyRow(second[pair], end);
    }

    private static SeriesSet evenlySpaced(SeriesSet series) {
        if (series.count() <= MOST_SERIES) {
            return series;
        }
        int[] rows = new int[MOST_SERIES];
        for (int index = 0; index < rows.length; index++) {
            rows[index] = (int) ((long) index * series.count() / MOST_SERIES);
        }
        return series.select(rows);
    }

    /** The indices of the smallest distances, nearest first; equal ones in the order of their indices. */
    private static int[] nearest(double[] distances, int self, int wanted) {
        int[] nearest = new int[wanted];
        int found = 0;
        for (int candidate = 0; candidate < distances.length; candidate++) {
            if (candidate == self || (found == wanted && distances[candidate] >= distances[nearest[found - 1]])) {
                continue;
            }
            int place = found < wanted ? found++ : wanted - 1;
            while (place > 0 && distances[nearest[place - 1]] > distances[candidate]) {
                nearest[place] = nearest[place - 1];
                place--;
            }
            nearest[place] = candidate;
        }
        return nearest;
    }
}
