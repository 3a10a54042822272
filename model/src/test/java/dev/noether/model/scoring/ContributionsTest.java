package dev.noether.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.calibration.RunningScale;
import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Compares the shares of random rows with the sums of squares that define them. */
final class ContributionsTest extends RandomizedTest {
    private static final double FLOOR = 1e-4;
    private static final int CONTEXT = 3;

    @Test
    void sharesAreTheFeaturesPartOfTheSquares() {
        RandomGenerator random = random();
        for (int round = 0; round < 300; round++) {
            int features = random.nextInt(1, 12);
            JudgedRow row = row(random, features, round % 2 == 0);
            Contributions contributions = new Contributions(row);
            double[] weights = new double[features];
            double total = 0;
            for (int j = 0; j < features; j++) {
                weights[j] = row.isMissing(j) ? 0 : weight(row, j);
                total += weights[j];
            }
            double sum = 0;
            for (int j = 0; j < features; j++) {
                double expected = total == 0 ? 1.0 / features : weights[j] / total;
                assertThat((double) contributions.share(j)).isCloseTo(expected, within(1e-5));
                assertThat(contributions.share(j)).isBetween(0f, 1f);
                sum += contributions.share(j);
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
        }
    }

    private static double weight(JudgedRow row, int feature) {
        double weight = row.viewSquares[feature] + square(row, feature, row.observedScaled[feature]);
        for (int i = 0; i < CONTEXT; i++) {
            weight += square(row, feature, row.context[row.contextFrom + i * row.features() + feature]);
        }
        return weight;
    }

    private static double square(JudgedRow row, int feature, double value) {
        double deviation = value - row.raw.mean(feature);
        return deviation * deviation / (row.raw.variance(feature) + FLOOR);
    }

    @Test
    void aMissingFeatureIsExcludedWhateverItsFilledValue() {
        RandomGenerator random = random();
        for (int round = 0; round < 100; round++) {
            int features = random.nextInt(2, 10);
            JudgedRow row = row(random, features, true);
            row.missing[0] = true;
            row.missing[1] = false;
            Contributions contributions = new Contributions(row);
            float[] before = shares(contributions, features);
            assertThat(before[0]).isZero();
            row.observedScaled[0] = 1e6f;
            row.viewSquares[0] = 1e6f;
            contributions.reset();
            assertThat(shares(contributions, features)).isEqualTo(before);
            assertThat(contributions.deviation(0)).as("filled with the mean").isZero();
        }
    }

    /** The rows of a batch lie in one array; those of other rows must not count. */
    @Test
    void theContextOfOtherRowsDoesNotCount() {
        RandomGenerator random = random();
        int features = 4;
        JudgedRow row = row(random, features, false);
        Contributions contributions = new Contributions(row);
        float[] before = shares(contributions, features);
        for (int i = 0; i < row.context.length; i++) {
            if (i < row.contextFrom || i >= row.contextFrom + CONTEXT * features) {
                row.context[i] = 1e9f;
            }
        }
        contributions.reset();
        assertThat(shares(contributions, features)).isEqualTo(before);
        row.context[row.contextFrom] = 1e9f;
        contributions.reset();
        assertThat(contributions.share(0)).isCloseTo(1, within(1e-5f));
    }

    /** A permutation of the features permutes the shares. */
    @Test
    void theOrderOfTheFeaturesDoesNotMatter() {
        RandomGenerator random = random();
        int features = 6;
        JudgedRow row = row(random, features, false);
        JudgedRow reversed = new JudgedRow(features, row.context.clone(), CONTEXT);
        reversed.contextFrom = row.contextFrom;
        float[] means = new float[features];
        float[] variances = new float[features];
        for (int j = 0; j < features; j++) {
            int other = features - 1 - j;
            reversed.observedScaled[j] = row.observedScaled[other];
            reversed.viewSquares[j] = row.viewSquares[other];
            means[j] = row.raw.mean(other);
            variances[j] = row.raw.variance(other);
            for (int i = 0; i < CONTEXT; i++) {
                int at = row.contextFrom + i * features;
                reversed.context[at + j] = row.context[at + other];
            }
        }
        reversed.raw.set(new RunningScale(means, variances));
        Contributions contributions = new Contributions(row);
        Contributions ofReversed = new Contributions(reversed);
        for (int j = 0; j < features; j++) {
            assertThat(ofReversed.share(j)).isCloseTo(contributions.share(features - 1 - j), within(1e-6f));
            assertThat(ofReversed.deviation(j)).isEqualTo(contributions.deviation(features - 1 - j));
        }
    }

    private static float[] shares(Contributions contributions, int features) {
        float[] shares = new float[features];
        for (int j = 0; j < features; j++) {
            shares[j] = contributions.share(j);
        }
        return shares;
    }

    private static JudgedRow row(RandomGenerator random, int features, boolean lacksFeatures) {
        JudgedRow row = new JudgedRow(features, normals(random, 5 * CONTEXT * features), CONTEXT);
        row.contextFrom = random.nextInt(5) * CONTEXT * features;
        float[] variances = normals(random, features);
        for (int j = 0; j < features; j++) {
            variances[j] *= variances[j];
            row.viewSquares[j] = 3 * random.nextFloat();
            row.observedScaled[j] = (float) random.nextGaussian();
            row.missing[j] = random.nextInt(3) == 0;
        }
        row.raw.set(new RunningScale(normals(random, features), variances));
        row.lacksFeatures = lacksFeatures;
        return row;
    }
}
