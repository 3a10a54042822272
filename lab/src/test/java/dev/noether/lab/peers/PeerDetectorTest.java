package dev.noether.lab.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.numeric.PrincipalComponents;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class PeerDetectorTest extends RandomizedTest {
    private static final List<PeerDetector> ALL = List.of(
            new RandomScores(7),
            new StandardizedNorm(),
            new AdaptiveNorm(0.01),
            new WindowedPrincipalComponents(1, 2),
            new WindowedPrincipalComponents(4, 3),
            new WhitenedPrincipalComponents(3, 0.95),
            new NearestNeighbours(5),
            new NearestCentroid(3, 4, 1),
            new PrincipalComponentDistance(3),
            new IsolationForest(50, 64, 1));

    @Test
    void eachGivesOneFiniteScorePerRowAndTheSameTwice() {
        Observations train = gaussian(200, 3);
        Observations test = gaussian(50, 3);
        for (PeerDetector baseline : ALL) {
            float[] scores = baseline.score(train, test);
            assertThat(scores).as(baseline.toString()).hasSize(50).isEqualTo(baseline.score(train, test));
            for (float score : scores) {
                assertThat(score).as(baseline.toString()).isFinite().isNotNegative();
            }
        }
    }

    @Test
    void anOutlierStandsOutExceptToChance() {
        Observations train = gaussian(200, 3);
        float[] rows = new float[90];
        Arrays.fill(rows, 60, 63, 50);
        Observations test = new Observations(rows, 3);
        for (PeerDetector baseline : ALL.subList(1, ALL.size())) {
            float[] scores = baseline.score(train, test);
            for (int i = 0; i < 20; i++) {
                assertThat(scores[i]).as("%s at %d", baseline, i).isLessThan(scores[20]);
            }
        }
    }

    @Test
    void aConstantFeatureIsNoTrouble() {
        float[] rows = new float[60];
        for (int i = 0; i < 30; i++) {
            rows[2 * i] = i % 7;
            rows[2 * i + 1] = 4;
        }
        Observations train = new Observations(rows, 2);
        Observations test = new Observations(new float[] {3, 4, 3, 5}, 2);
        for (PeerDetector baseline : ALL.subList(1, ALL.size())) {
            float[] scores = baseline.score(train, test);
            assertThat(scores[1]).as(baseline.toString()).isFinite();
        }
        assertThat(new StandardizedNorm().score(train, test)[1]).isCloseTo(0.5f, within(0.01f));
    }

    @Test
    void theNormByHand() {
        Observations train = new Observations(new float[] {1, 0, 3, 10}, 2); // means 2 and 5, deviations 1 and 5
        Observations test = new Observations(new float[] {4, 5, 2, 20}, 2);
        assertThat(new StandardizedNorm().score(train, test)).containsExactly(2, 4.5f);
    }

    @Test
    void theAdaptiveNormLearnsAfterScoring() {
        Observations train = new Observations(new float[] {-1, 1}, 1);
        float[] scores = new AdaptiveNorm(0.5).score(train, new Observations(new float[] {2, 2, 2}, 1));
        assertThat(scores[0]).isCloseTo((float) (4 / 1.0001), within(1e-6f));
        // m = 1, v = 0.5 · (1 + 0.5 · 4) = 1.5; then m = 1.5, v = 0.5 · (1.5 + 0.5) = 1.
        assertThat(scores[1]).isCloseTo((float) (1 / 1.5001), within(1e-6f));
        assertThat(scores[2]).isCloseTo((float) (0.25 / 1.0001), within(1e-6f));
    }

    @Test
    void windowsReachBackIntoTheTrainingRows() {
        Observations train = gaussian(100, 2);
        Observations test = new Observations(normals(random(), 20), 2);
        Standardization standardization = Standardization.fit(train, test);
        float[] trainRows = standardization.apply(train);
        float[] all = Arrays.copyOf(trainRows, 220);
        System.arraycopy(standardization.apply(test), 0, all, 200, 20);
        float[] windows = new float[98 * 6];
        for (int i = 0; i < 98; i++) {
            System.arraycopy(trainRows, 2 * i, windows, 6 * i, 6);
        }
        PrincipalComponents fitted = PrincipalComponents.fit(windows, 98, 6, 4);
        float[] scores = new WindowedPrincipalComponents(3, 4).score(train, test);
        for (int i = 0; i < 10; i++) {
            double expected = fitted.reconstructionError(Arrays.copyOfRange(all, 2 * (98 + i), 2 * (101 + i)));
            assertThat(scores[i]).isCloseTo((float) expected, within(1e-6f));
        }
    }

    @Test
    void whitenedResidualsOfTheTrainingRowsHaveMeanOne() {
        float[] rows = normals(random(), 4_000);
        for (int i = 0; i < rows.length; i += 4) {
            rows[i + 1] = rows[i] + 0.2f * rows[i + 1];
            rows[i + 3] = rows[i] - 2 * rows[i + 2] + 0.3f * rows[i + 3];
        }
        Observations train = new Observations(rows, 4);
        double mean = 0;
        for (float score : new WhitenedPrincipalComponents(1, 0.9).score(train, train)) {
            mean += score / 1_000;
        }
        assertThat(mean).isCloseTo(1, within(0.05));
    }

    @Test
    void nearestNeighboursAreExact() {
        RandomGenerator random = random();
        for (int round = 0; round < 20; round++) {
            int width = 1 + random.nextInt(5);
            Observations train = new Observations(normals(random, 40 * width), width);
            Observations test = new Observations(normals(random, 15 * width), width);
            int k = 1 + random.nextInt(40);
            Standardization standardization = Standardization.fit(train, test);
            float[] known = standardization.apply(train);
            float[] rows = standardization.apply(test);
            float[] scores = new NearestNeighbours(k).score(train, test);
            for (int i = 0; i < 15; i++) {
                double[] distances = new double[40];
                for (int t = 0; t < known.length; t++) {
                    double difference = known[t] - rows[i * width + t % width];
                    distances[t / width] += difference * difference;
                }
                Arrays.sort(distances);
                assertThat(scores[i]).as("round %d", round).isEqualTo((float) Math.sqrt(distances[k - 1]));
            }
        }
    }

    @Test
    void centroidsFindWhatIsThere() {
        float[] rows = new float[300];
        for (int i = 0; i < 100; i++) {
            Arrays.fill(rows, 3 * i, 3 * i + 3, 10 * (i % 3));
        }
        Observations train = new Observations(rows, 3);
        // As many centres as kinds of rows: every row is one of them, and the distance to the rows between is known.
        NearestCentroid three = new NearestCentroid(1, 3, 5);
        assertThat(three.score(train, train)).containsOnly(0);
        double deviation = Math.sqrt(66.33);
        float between = three.score(train, new Observations(new float[] {15, 15, 15}, 3))[0];
        assertThat(between).isCloseTo((float) (5 / deviation), within(0.01f));
        assertThat(new NearestCentroid(1, 1, 5).score(train, train)[1]).isLessThan(0.1f);
    }

    /** With a centre for each training window the distance to the nearest one needs no clustering. */
    @Test
    void theDistanceToTheNearestCentreIsEuclidean() {
        RandomGenerator random = random();
        for (int round = 0; round < 10; round++) {
            int window = 1 + random.nextInt(7);
            Observations train = new Observations(normals(random, 2 * (30 + window)), 2);
            Observations test = new Observations(normals(random, 40), 2);
            StandardizedWindows windows = StandardizedWindows.of(train, test, window);
            float[] scores = new NearestCentroid(window, 31, random.nextLong()).score(train, test);
            for (int i = 0; i < scores.length; i++) {
                double nearest = Double.POSITIVE_INFINITY;
                for (int t = 0; t < windows.training().count(); t++) {
                    nearest = Math.min(nearest, rootMeanSquare(windows, i, t));
                }
                assertThat((double) scores[i]).as("round %d, row %d", round, i).isCloseTo(nearest, within(1e-5));
            }
        }
    }

    private static double rootMeanSquare(StandardizedWindows windows, int test, int training) {
        double squares = 0;
        for (int j = 0; j < windows.test().size(); j++) {
            double difference = windows.test().rows()[windows.test().offset(test) + j]
                    - windows.training().rows()[windows.training().offset(training) + j];
            squares += difference * difference;
        }
        return Math.sqrt(squares / windows.test().size());
    }

    @Test
    void theUsualDepthOfATreeIsThatOfARandomSearchTree() {
        // Mean depth of an unsuccessful search, from its recursion: C(n) = 2 (H(n) − 1) as n nodes, so 2 H(n − 1) − 2
        // (n − 1) / n.
        for (int rows : new int[] {3, 10, 256}) {
            double harmonic = 0;
            for (int i = 1; i < rows; i++) {
                harmonic += 1.0 / i;
            }
            double exact = 2 * harmonic - 2 * (rows - 1.0) / rows;
            assertThat(IsolationForest.expectedDepth(rows)).isCloseTo(exact, within(1.0 / (rows - 1)));
        }
        assertThat(IsolationForest.expectedDepth(2)).isEqualTo(1);
    }

    @Test
    void isolationTakesFewCutsForWhatIsFarAndAboutHalfForWhatIsUsual() {
        float[] scores = new IsolationForest(100, 256, 3)
                .score(gaussian(1_000, 4), new Observations(new float[] {0, 0, 0, 0, 30, -30, 30, -30}, 4));
        assertThat(scores[0]).isBetween(0.3f, 0.5f);
        assertThat(scores[1]).isBetween(0.75f, 1f);
    }

    @Test
    void argumentsAreChecked() {
        Observations two = gaussian(10, 2);
        Observations three = gaussian(10, 3);
        for (PeerDetector baseline : ALL.subList(1, ALL.size())) {
            assertThatThrownBy(() -> baseline.score(two, three))
                    .hasMessage("`train` and `test` must be of the same width (got 2 and 3)");
        }
        assertThatThrownBy(() -> new WindowedPrincipalComponents(11, 1).score(two, two))
                .hasMessage("`train` must hold at least one window of 11 rows (got 10)");
        assertThatThrownBy(() -> new NearestNeighbours(11).score(two, two))
                .hasMessage("`train` must hold at least 11 rows (got 10)");
        assertThatThrownBy(() -> new AdaptiveNorm(1)).hasMessage("`rate` must be in (0, 1) (got 1.0)");
        assertThatThrownBy(() -> new NearestNeighbours(0)).hasMessage("`neighbours` must be at least 1 (got 0)");
        assertThatThrownBy(() -> new WindowedPrincipalComponents(0, 1))
                .hasMessage("`window` must be at least 1 (got 0)");
        assertThatThrownBy(() -> new WindowedPrincipalComponents(1, 0))
                .hasMessage("`components` must be at least 1 (got 0)");
        assertThatThrownBy(() -> new WhitenedPrincipalComponents(0, 0.5))
                .hasMessage("`window` must be at least 1 (got 0)");
        assertThatThrownBy(() -> new WhitenedPrincipalComponents(1, Double.NaN))
                .hasMessage("`share` must be in (0, 1) (got NaN)");
        assertThatThrownBy(() -> new Observations(new float[5], 2))
                .hasMessage("`values` must hold whole rows of 2, at least one (got 5 values)");
        assertThatThrownBy(() -> new Observations(new float[] {0, 0, 0, Float.NaN}, 2))
                .hasMessage("`values` must be finite (got NaN in row 1, column 1)");
    }

    private static Observations gaussian(int length, int width) {
        return new Observations(normals(random(), length * width), width);
    }
}
