package dev.noether.model.symmetry.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.series.SeriesSet;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NeighbourPairsTest extends RandomizedTest {

    @Test
    void pairsTheNearestSeriesOnce() {
        SeriesSet points = SeriesSet.of(new float[] {0, 10, 1, 11, 30}, 5, 1);
        NeighbourPairs pairs = NeighbourPairs.of(points, 1);
        double[] difference = new double[1];
        double[] midpoint = new double[1];
        double[][] found = new double[pairs.count()][];
        for (int pair = 0; pair < pairs.count(); pair++) {
            pairs.copyPair(pair, difference, midpoint);
            found[pair] = new double[] {Math.abs(difference[0]), midpoint[0]};
        }
        Arrays.sort(found, (left, right) -> Double.compare(left[1], right[1]));
        assertThat(found).isDeepEqualTo(new double[][] {{1, 0.5}, {1, 10.5}, {19, 20.5}});
    }

    @Test
    void pairsAllIfThereAreFewerSeriesThanNeighbours() {
        assertThat(NeighbourPairs.of(SeriesSet.of(normals(random(), 12), 4, 3), 5)
                        .count())
                .isEqualTo(6);
    }

    @Test
    void everyPairIsAmongTheNearest() {
        SeriesSet series = SeriesSet.of(normals(random(), 40 * 7), 40, 7);
        NeighbourPairs pairs = NeighbourPairs.of(series, 5);
        double[] start = new double[7];
        double[] end = new double[7];
        for (int pair = 0; pair < pairs.count(); pair++) {
            pairs.copyEnds(pair, start, end);
            assertThat(Math.min(nearer(series, start, end), nearer(series, end, start)))
                    .isLessThan(5);
        }
        assertThat(pairs.count()).isBetween(100, 200);
    }

    @Test
    void thePairsAreThoseOfAFullSort() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 30; trial++) {
            int count = random.nextInt(2, 16);
            int neighbours = random.nextInt(1, 6);
            // Whole numbers of a small range, so that many distances are equal.
            float[] values = new float[count * 2];
            for (int index = 0; index < values.length; index++) {
                values[index] = random.nextInt(6);
            }
            SeriesSet series = SeriesSet.of(values, count, 2);
            Set<List<Integer>> expected = new HashSet<>();
            for (int row = 0; row < count; row++) {
                int from = row;
                IntStream.range(0, count)
                        .filter(other -> other != from)
                        .boxed()
                        .sorted(Comparator.comparingDouble(other -> distance(series.row(from), series.row(other))))
                        .limit(neighbours)
                        .forEach(other -> expected.add(List.of(Math.min(from, other), Math.max(from, other))));
            }
            NeighbourPairs pairs = NeighbourPairs.of(series, neighbours);
            double squares = 0;
            double[] difference = new double[2];
            double[] midpoint = new double[2];
            for (int pair = 0; pair < pairs.count(); pair++) {
                pairs.copyPair(pair, difference, midpoint);
                squares += difference[0] * difference[0] + difference[1] * difference[1];
            }
            double expectedSquares = expected.stream()
                    .mapToDouble(pair -> distance(series.row(pair.get(0)), series.row(pair.get(1))))
                    .sum();
            assertThat(pairs.count()).as("trial %d", trial).isEqualTo(expected.size());
            assertThat(squares).as("trial %d", trial).isEqualTo(expectedSquares);
        }
    }

    @Test
    void smoothingKeepsThePairsAndConstants() {
        SeriesSet series = SeriesSet.of(new float[] {3, 3, 3, 3, 3, 5, 5, 5, 5, 5}, 2, 5);
        NeighbourPairs smoothed = NeighbourPairs.of(series, 1).smoothed(2);
        double[] difference = new double[5];
        double[] midpoint = new double[5];
        smoothed.copyPair(0, difference, midpoint);
        for (int time = 0; time < 5; time++) {
            assertThat(difference[time]).isCloseTo(2, within(1e-6));
            assertThat(midpoint[time]).isCloseTo(4, within(1e-6));
        }
        assertThat(smoothed.smoothing()).isEqualTo(2);
    }

    @Test
    void usesEvenlySpacedSeriesOfALargeSet() {
        NeighbourPairs pairs = NeighbourPairs.of(SeriesSet.of(normals(random(), 2500), 2500, 1), 1);
        assertThat(pairs.count()).isBetween(NeighbourPairs.MOST_SERIES / 2, NeighbourPairs.MOST_SERIES);
    }

    @Test
    void argumentsAreChecked() {
        SeriesSet one = SeriesSet.of(new float[3], 1, 3);
        SeriesSet two = SeriesSet.of(new float[6], 2, 3);
        assertThatThrownBy(() -> NeighbourPairs.of(one, 1)).hasMessage("`series` must be at least 2 (got 1)");
        assertThatThrownBy(() -> NeighbourPairs.of(two, 0)).hasMessage("`neighbours` must be at least 1 (got 0)");
        NeighbourPairs pairs = NeighbourPairs.of(two, 1);
        assertThatThrownBy(() -> pairs.smoothed(Double.NaN))
                .hasMessage("`deviation` must be finite and at least 0 (got NaN)");
        assertThatThrownBy(() -> pairs.smoothed(1).smoothed(1))
                .hasMessage("these pairs are already smoothed, with a deviation of 1.0");
        assertThat(pairs.smoothed(0)).isSameAs(pairs);
    }

    private static int nearer(SeriesSet series, double[] from, double[] to) {
        int nearer = 0;
        double reach = distance(from, to);
        for (int row = 0; row < series.count(); row++) {
            double distance = distance(from, series.row(row));
            nearer += distance > 0 && distance < reach ? 1 : 0;
        }
        return nearer;
    }

    private static double distance(double[] left, double[] right) {
        double squares = 0;
        for (int index = 0; index < left.length; index++) {
            float difference = (float) right[index] - (float) left[index];
            squares += difference * difference;
        }
        return squares;
    }
}
