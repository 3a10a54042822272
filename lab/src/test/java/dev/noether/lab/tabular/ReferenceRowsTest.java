package dev.noether.lab.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class ReferenceRowsTest extends RandomizedTest {
    private static final int WIDTH = 4;

    @Test
    void distancesAreThoseOfTheNearestRows() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 50; trial++) {
            int count = 5 + random.nextInt(40);
            float[] rows = normals(random, count * WIDTH);
            float[] row = normals(random, WIDTH);
            int neighbours = 1 + random.nextInt(5);
            ReferenceRows references = ReferenceRows.sample(rows, count, WIDTH, count, random);
            double[] distances = new double[count];
            for (int i = 0; i < count; i++) {
                double squares = 0;
                for (int j = 0; j < WIDTH; j++) {
                    double difference = row[j] - rows[i * WIDTH + j];
                    squares += difference * difference;
                }
                distances[i] = Math.sqrt(squares);
            }
            Arrays.sort(distances);
            double expected =
                    Arrays.stream(distances).limit(neighbours).average().orElseThrow();
            assertThat(references.meanDistance(row, 0, new double[neighbours])).isCloseTo(expected, within(1e-9));
        }
    }

    @Test
    void partsAreSharesOfTheSquaredDistanceToTheNearestRow() {
        ReferenceRows references = ReferenceRows.sample(new float[] {0, 0, 0, 0, 9, 9, 9, 9}, 2, WIDTH, 10, random());
        double[] parts = new double[WIDTH];
        references.addParts(new float[] {3, 0, -1, 0}, 0, 2, parts);
        assertThat(parts).containsExactly(new double[] {1.8, 0, 0.2, 0}, within(1e-12));
    }

    @Test
    void aKnownRowHasEqualParts() {
        ReferenceRows references = ReferenceRows.sample(new float[] {1, 2, 3, 4}, 1, WIDTH, 10, random());
        double[] parts = new double[WIDTH];
        references.addParts(new float[] {1, 2, 3, 4}, 0, 1, parts);
        assertThat(parts).containsOnly(0.25);
    }

    @Test
    void aSampleHoldsDifferentRowsEachAsOftenAsAnyOther() {
        RandomGenerator random = random();
        float[] rows = new float[20];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i;
        }
        int[] drawn = new int[20];
        for (int trial = 0; trial < 4_000; trial++) {
            ReferenceRows references = ReferenceRows.sample(rows, 20, 1, 5, random);
            assertThat(references.count()).isEqualTo(5);
            for (int row = 0; row < 20; row++) {
                drawn[row] += references.meanDistance(rows, row, new double[1]) == 0 ? 1 : 0;
            }
        }
        // 1,000 each are expected; five standard deviations are 137.
        for (int count : drawn) {
            assertThat(count).isBetween(860, 1_140);
        }
    }
}
