package dev.noether.lab.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class NearestTrainingWindowTest extends RandomizedTest {
    @Test
    void theSameAsByComparingEachPair() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 60; trial++) {
            int window = 2 + random.nextInt(20);
            float[] train = series(random, window + random.nextInt(80));
            float[] test = series(random, 1 + random.nextInt(80));
            assertSame("trial " + trial, train, test, window);
        }
    }

    /** More windows than one strip of diagonals, and more steps than products are carried along. */
    @Test
    void longSeriesAreSearchedInParts() {
        RandomGenerator random = random();
        assertSame("many test rows", walk(random, 260), walk(random, 5_000), 16);
        assertSame("many training rows", walk(random, 9_000), walk(random, 150), 16);
    }

    @Test
    void aWindowOfTheTrainingRowsIsItsOwnNearest() {
        float[] train = walk(random(), 500);
        float[] scores = score(train, Arrays.copyOfRange(train, 100, 300), 25);
        for (int i = 24; i < scores.length; i++) {
            assertThat(scores[i]).as("row %d", i).isLessThan(1e-4f);
        }
    }

    @Test
    void levelAndAmplitudeOfAWindowDoNotMatter() {
        RandomGenerator random = random();
        float[] train = TestingWaves.wave(random, 600, 40, 0);
        float[] test = new float[300];
        for (int i = 0; i < test.length; i++) {
            test[i] = 7 + 3 * train[i];
        }
        float[] scores = score(train, test, 40);
        // The variance that is added to that of each window makes the difference.
        for (int i = 39; i < scores.length; i++) {
            assertThat(scores[i]).as("row %d", i).isLessThan(0.05f);
        }
    }

    @Test
    void aConstantWindowIsNoTrouble() {
        RandomGenerator random = random();
        float[] train = walk(random, 200);
        float[] test = new float[60];
        float[] scores = score(train, test, 10);
        // A constant window is 0 after normalisation: its distance is the norm of the flattest training window.
        for (int i = 20; i < scores.length; i++) {
            assertThat(scores[i]).isFinite().isLessThanOrEqualTo((float) Math.sqrt(10));
        }
        Arrays.fill(train, 50, 80, 4);
        assertThat(score(train, test, 10)[40]).as("both constant").isLessThan(1e-4f);
    }

    @Test
    void argumentsAreChecked() {
        assertThatThrownBy(() -> new NearestTrainingWindow(1)).hasMessage("`window` must be at least 2 (got 1)");
        assertThatThrownBy(() -> score(new float[5], new float[5], 6))
                .hasMessage("`train` must hold at least one window of 6 rows (got 5)");
        Observations two = new Observations(new float[20], 2);
        assertThatThrownBy(() -> new NearestTrainingWindow(3).score(two, two))
                .hasMessage("rows must have one feature (got 2)");
    }

    private static void assertSame(String name, float[] train, float[] test, int window) {
        float[] scores = score(train, test, window);
        double[] expected = slowly(train, test, window);
        assertThat(scores).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            // Distances near 0 are differences of squares near the window's length.
            assertThat(Math.pow(scores[i], 2))
                    .as("%s, row %d, window %d", name, i, window)
                    .isCloseTo(Math.pow(expected[i], 2), within(1e-5 * window));
        }
    }

    private static float[] score(float[] train, float[] test, int window) {
        return new NearestTrainingWindow(window).score(TestingWaves.of(train), TestingWaves.of(test));
    }

    /** Standardises the series, then normalises each window and measures each distance, one after the other. */
    private static double[] slowly(float[] train, float[] test, int window) {
        Standardization standardization = Standardization.fit(TestingWaves.of(train), TestingWaves.of(test));
        float[] known = standardization.apply(TestingWaves.of(train));
        float[] all = Arrays.copyOf(known, train.length + test.length);
        System.arraycopy(standardization.apply(TestingWaves.of(test)), 0, all, train.length, test.length);
        double[][] windows = new double[train.length - window + 1][];
        for (int j = 0; j < windows.length; j++) {
            windows[j] = normalized(known, j, window);
        }
        double[] nearest = new double[test.length];
        for (int i = 0; i < test.length; i++) {
            double[] searched = normalized(all, train.length + i - window + 1, window);
            nearest[i] = Arrays.stream(windows)
                    .mapToDouble(one -> distance(one, searched))
                    .min()
                    .orElseThrow();
        }
        return nearest;
    }

    private static double[] normalized(float[] rows, int start, int window) {
        double[] values = doubles(Arrays.copyOfRange(rows, start, start + window));
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                .map(value -> Math.pow(value - mean, 2))
                .average()
                .orElseThrow();
        return Arrays.stream(values)
                .map(value -> (value - mean) / Math.sqrt(variance + NormalizedWindows.LEAST_VARIANCE))
                .toArray();
    }

    private static double distance(double[] one, double[] other) {
        double squares = 0;
        for (int k = 0; k < one.length; k++) {
            squares += (one[k] - other[k]) * (one[k] - other[k]);
        }
        return Math.sqrt(squares);
    }

    private static float[] series(RandomGenerator random, int rows) {
        float[] values = random.nextBoolean() ? normals(random, rows) : walk(random, rows);
        if (random.nextInt(4) == 0) {
            Arrays.fill(values, rows / 3, 2 * rows / 3, 1);
        }
        return values;
    }

    /** Sums of noise, far from 0. */
    private static float[] walk(RandomGenerator random, int rows) {
        float[] values = normals(random, rows);
        values[0] += 1_000;
        for (int i = 1; i < rows; i++) {
            values[i] += values[i - 1];
        }
        return values;
    }
}
