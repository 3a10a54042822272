package dev.noether.lab.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.numeric.RankingMetrics;
import dev.noether.model.training.TrainingOptions;
import dev.noether.model.training.TrainingProgress;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TabularDetectorTest extends RandomizedTest {
    private static final int FEATURES = 4;

    private final Engine engine = new OpenBlasEngine();

    @AfterAll
    void close() {
        engine.close();
    }

    @Test
    void findsRowsOffTheCurveThoughEachOfTheirValuesIsUsual() {
        RandomGenerator random = random();
        float[] normal = curve(random, 400);
        TabularDetector detector = trainer(0.25).train(normal, 400, FEATURES, TrainingProgress.SILENT);
        float[] test = Arrays.copyOf(curve(random, 200), 400 * FEATURES);
        float[] strange = curve(random, 200 * FEATURES);
        boolean[] labels = new boolean[400];
        for (int row = 200; row < 400; row++) {
            labels[row] = true;
            for (int column = 0; column < FEATURES; column++) {
                // Each value from another row: the marginals are those of normal rows.
                test[row * FEATURES + column] = strange[((row - 200) * FEATURES + column) * FEATURES + column];
            }
        }
        double[] scores = detector.score(engine, test, 400);
        assertThat(RankingMetrics.aucRoc(floats(scores), labels)).isGreaterThan(0.9);
        float[] parts = detector.contributions(engine, test, 400);
        for (int row = 0; row < 400; row++) {
            float sum = 0;
            for (int column = 0; column < FEATURES; column++) {
                sum += parts[row * FEATURES + column];
            }
            assertThat(sum).isCloseTo(1, within(1e-5f));
        }
    }

    @Test
    void namesTheFeatureThatDoesNotFit() {
        RandomGenerator random = random();
        float[] normal = curve(random, 400);
        TabularDetector detector = trainer(0.25).train(normal, 400, FEATURES, TrainingProgress.SILENT);
        float[] rows = curve(random, 50);
        int named = 0;
        for (int row = 0; row < 50; row++) {
            rows[row * FEATURES + row % FEATURES] += 8;
        }
        float[] parts = detector.contributions(engine, rows, 50);
        for (int row = 0; row < 50; row++) {
            int largest = 0;
            for (int column = 1; column < FEATURES; column++) {
                if (parts[row * FEATURES + column] > parts[row * FEATURES + largest]) {
                    largest = column;
                }
            }
            named += largest == row % FEATURES ? 1 : 0;
        }
        assertThat(named).isGreaterThan(40);
    }

    @Test
    void theSameRowsGiveTheSameScores() {
        float[] normal = curve(random(), 100);
        float[] test = curve(random(), 20);
        double[] first = trainer(0.25)
                .train(normal, 100, FEATURES, TrainingProgress.SILENT)
                .score(engine, test, 20);
        double[] second = trainer(0.25)
                .train(normal, 100, FEATURES, TrainingProgress.SILENT)
                .score(engine, test, 20);
        assertThat(second).containsExactly(first);
    }

    @Test
    void aRowIsScoredAloneAsAmongOthers() {
        float[] normal = curve(random(), 100);
        float[] test = curve(random(), 20);
        TabularDetector detector = trainer(0.25).train(normal, 100, FEATURES, TrainingProgress.SILENT);
        double[] together = detector.score(engine, test, 20);
        for (int row = 0; row < 20; row++) {
            float[] alone = Arrays.copyOfRange(test, row * FEATURES, (row + 1) * FEATURES);
            assertThat(detector.score(engine, alone, 1)[0]).isCloseTo(together[row], within(1e-4));
        }
    }

    @Test
    void constantFeaturesAndEqualRowsAreNoTrouble() {
        float[] constant = new float[12 * FEATURES];
        Arrays.fill(constant, 3);
        TabularDetector detector = trainer(0.25).train(constant, 12, FEATURES, TrainingProgress.SILENT);
        float[] test = Arrays.copyOf(constant, 2 * FEATURES);
        test[FEATURES] = 4;
        double[] scores = detector.score(engine, test, 2);
        assertThat(scores[0]).isFinite();
        assertThat(scores[1]).isFinite().isGreaterThan(scores[0]);
    }

    @Test
    void theDistanceIsThatOfBruteForce() {
        RandomGenerator random = random();
        float[] rows = normals(random, 60 * 3);
        ReferenceRows references = ReferenceRows.sample(rows, 60, 3, 60, random);
        for (int trial = 0; trial < 20; trial++) {
            float[] row = normals(random, 3);
            double[] distances = new double[60];
            for (int other = 0; other < 60; other++) {
                for (int column = 0; column < 3; column++) {
                    distances[other] += Math.pow(row[column] - rows[other * 3 + column], 2);
                }
                distances[other] = Math.sqrt(distances[other]);
            }
            Arrays.sort(distances);
            assertThat(references.meanDistance(row, 0, new double[2]))
                    .isCloseTo((distances[0] + distances[1]) / 2, within(1e-5));
        }
        assertThat(ReferenceRows.sample(rows, 60, 3, 7, random).count()).isEqualTo(7);
    }

    @Test
    void theWhitenedNormIsThatOfTheInverseCovariance() {
        // Two features, one of variance 1 and one of 4, uncorrelated, without a mean; the ridge is 0.1 · 2.5.
        float[] residuals = {1, 2, -1, 2, 1, -2, -1, -2};
        Whitening whitening = Whitening.fit(residuals, 0, 4, 2, 0.1);
        assertThat(whitening.norm(new float[] {3, 5}, 0)).isCloseTo(Math.sqrt(9 / 1.25 + 25 / 4.25), within(1e-9));
    }

    @Test
    void saysWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer(0.25).train(new float[36], 9, FEATURES, TrainingProgress.SILENT))
                .withMessage("`count` must be at least 10 (got 9)");
        float[] rows = curve(random(), 20);
        rows[5] = Float.NaN;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer(0.25).train(rows, 20, FEATURES, TrainingProgress.SILENT))
                .withMessage("`rows` must be finite (got NaN in row 1, feature 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer(-1))
                .withMessage("`residualWeight` must be finite and at least 0 (got -1.0)");
    }

    private TabularDetectorTrainer trainer(double residualWeight) {
        return new TabularDetectorTrainer(
                engine,
                new TabularOptions(
                        2,
                        List.of(16),
                        2,
                        10_000,
                        residualWeight,
                        0.1,
                        5_000,
                        TrainingOptions.defaults().withEpochs(60)));
    }

    /** Points of a closed curve in four dimensions, with some noise. */
    private static float[] curve(RandomGenerator random, int count) {
        float[] rows = new float[count * FEATURES];
        for (int row = 0; row < count; row++) {
            double angle = random.nextDouble(2 * Math.PI);
            double[] point = {Math.cos(angle), Math.sin(angle), Math.cos(2 * angle), Math.sin(2 * angle)};
            for (int column = 0; column < FEATURES; column++) {
                rows[row * FEATURES + column] = (float) (point[column] + 0.05 * random.nextGaussian());
            }
        }
        return rows;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int index = 0; index < values.length; index++) {
            floats[index] = (float) values[index];
        }
        return floats;
    }
}
