package dev.noether.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.testing.RandomizedTest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class CalibrationTest extends RandomizedTest {
    @Test
    void theThresholdIsTheSmallestScoreWithTheAskedShareAtOrBelowIt() {
        RandomGenerator random = random();
        for (int round = 0; round < 300; round++) {
            float[] scores = scores(random, random.nextInt(1, 300));
            double quantile = random.nextDouble(0.01, 1);
            double threshold = Calibration.of(scores, quantile).threshold();
            double expected = Double.POSITIVE_INFINITY;
            for (float candidate : scores) {
                if (atMost(scores, candidate) >= quantile * scores.length) {
                    expected = Math.min(expected, candidate);
                }
            }
            assertThat(threshold)
                    .as("quantile %s of %d", quantile, scores.length)
                    .isEqualTo(expected);
        }
    }

    @Test
    void pValuesOfSmallSamplesAreTheExactConformalOnes() {
        RandomGenerator random = random();
        for (int round = 0; round < 100; round++) {
            float[] scores = scores(random, random.nextInt(1, 2048));
            Calibration calibration = Calibration.of(scores, 0.99);
            for (int i = 0; i < 50; i++) {
                float score = i % 2 == 0 ? scores[random.nextInt(scores.length)] : (float) random.nextGaussian() * 4;
                assertThat(calibration.pValue(score)).isEqualTo(exactPValue(scores, score));
            }
        }
    }

    @Test
    void ofALargeSampleTheTailIsExactAndTheBulkWithinAThousandth() {
        RandomGenerator random = random();
        float[] scores = scores(random, 50_000);
        Calibration calibration = Calibration.of(scores, 0.999);
        float[] sorted = scores.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < 500; i++) {
            float high = sorted[sorted.length - 1 - random.nextInt(1024)];
            assertThat(calibration.pValue(high)).isEqualTo(exactPValue(scores, high));
            float any = (float) random.nextGaussian();
            assertThat(calibration.pValue(any)).isCloseTo(exactPValue(scores, any), within(1.1e-3));
        }
        assertThat(calibration.size()).isEqualTo(50_000);
        assertThat(calibration.scores()).hasSize(2048).isSorted();
    }

    @Test
    void tiesCountAsAtLeastAsStrange() {
        Calibration calibration = Calibration.of(new float[] {1, 2, 2, 2, 3}, 0.6);
        assertThat(calibration.threshold()).isEqualTo(2);
        assertThat(calibration.pValue(2)).isEqualTo(5 / 6.0);
        assertThat(calibration.pValue(2.5)).isEqualTo(2 / 6.0);
        assertThat(calibration.pValue(3.5)).isEqualTo(1 / 6.0);
        assertThat(calibration.pValue(0)).isEqualTo(1);
    }

    @Test
    void pValuesFallAsScoresRiseAndStayWithinBounds() {
        RandomGenerator random = random();
        Calibration calibration = Calibration.of(scores(random, 5_000), 0.9);
        double former = 1;
        for (double score = -6; score < 20; score += 0.01) {
            double pValue = calibration.pValue(score);
            assertThat(pValue).isGreaterThan(0).isLessThanOrEqualTo(former);
            former = pValue;
        }
        assertThat(calibration.pValue(Double.POSITIVE_INFINITY)).isEqualTo(1 / 5001.0);
    }

    @Test
    void aSingleScoreIsItsOwnThreshold() {
        Calibration calibration = Calibration.of(new float[] {7}, 0.999);
        assertThat(calibration.threshold()).isEqualTo(7);
        assertThat(calibration.size()).isEqualTo(1);
        assertThat(calibration.pValue(7)).isEqualTo(1);
        assertThat(calibration.pValue(8)).isEqualTo(0.5);
    }

    @Test
    void leavesTheGivenScoresAsTheyAre() {
        float[] scores = {3, 1, 2};
        Calibration.of(scores, 0.5);
        assertThat(scores).containsExactly(3, 1, 2);
    }

    @Test
    void refusesWhatIsNoDistribution() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Calibration.of(new float[0], 0.5))
                .withMessage("`heldOut` must hold at least one score (got none)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Calibration.of(new float[] {1, Float.NaN}, 0.5))
                .withMessage("`heldOut` must be finite (got 1.0 to NaN)");
        for (double quantile : new double[] {0, 1, -1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Calibration.of(new float[] {1}, quantile))
                    .withMessage("`quantile` must be in (0, 1) (got " + quantile + ")");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Calibration(0.5, Double.NaN, 1, new float[1], new int[] {1}))
                .withMessage("`threshold` must be finite (got NaN)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Calibration(0.5, 1, 1, new float[2], new int[] {1, 1}))
                .withMessage("`scores` and `atLeast` must be as long as one another, and `size` at least that"
                        + " (got 2, 2 and 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Calibration(0.5, 1, 2, new float[] {1, Float.NaN}, new int[] {2, 1}))
                .withMessage("`scores` must be finite and ascend (got NaN behind 1.0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Calibration(0.5, 1, 2, new float[] {2, 1}, new int[] {2, 1}))
                .withMessage("`scores` must be finite and ascend (got 1.0 behind 2.0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Calibration(0.5, 1, 2, new float[] {1, 2}, new int[] {2, 3}))
                .withMessage("`atLeast` must be in [1, `size`] and not ascend (got 3 behind 2)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Calibration(0.5, 1, 2, new float[] {1, 2}, new int[] {2, -1}))
                .withMessage("`atLeast` must be in [1, `size`] and not ascend (got -1 behind 2)");
    }

    private static double exactPValue(float[] scores, float score) {
        int atLeast = 0;
        for (float one : scores) {
            if (one >= score) {
                atLeast++;
            }
        }
        return (1.0 + atLeast) / (1.0 + scores.length);
    }

    private static int atMost(float[] scores, float score) {
        int atMost = 0;
        for (float one : scores) {
            if (one <= score) {
                atMost++;
            }
        }
        return atMost;
    }

    /** Half of the samples are rounded, so that there are ties. */
    private static float[] scores(RandomGenerator random, int count) {
        float[] scores = normals(random, count);
        if (random.nextBoolean()) {
            for (int i = 0; i < count; i++) {
                scores[i] = Math.round(scores[i] * 8) / 8f;
            }
        }
        return scores;
    }
}
