package dev.noether.model.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Properties of the fit that do not depend on the distribution of the scores. */
final class TailFitTest extends RandomizedTest {
    @Test
    void theLocationIsTheScoreThatOneInTenExceedsAndTheBodyAscendsToIt() {
        RandomGenerator random = random();
        for (int round = 0; round < 20; round++) {
            float[] scores = scores(random, random.nextInt(200, 3000));
            TailCalibration fit = TailFit.fit(List.of(scores));
            SortedScores sorted = SortedScores.of(List.of(scores));
            assertThat(fit.location()).isEqualTo(sorted.reachedBy(0.1));
            assertThat(fit.size()).isEqualTo(scores.length);
            assertThat(fit.body()).hasSize(33).isSorted();
            assertThat(fit.body()[32]).isZero();
            for (int i = 0; i < 33; i++) {
                double share = 1 - 0.9 * i / 32;
                double score = fit.location() + fit.scale() * fit.body()[i];
                assertThat(score).isCloseTo(sorted.reachedBy(share), within(1e-5));
                assertThat(fit.pValue(sorted.reachedBy(share))).isCloseTo(share, within(0.03));
            }
        }
    }

    @Test
    void anotherUnitOfTheScoresMovesLocationAndScaleOnly() {
        RandomGenerator random = random();
        for (int round = 0; round < 10; round++) {
            float[] scores = scores(random, 3000);
            float[] moved = new float[scores.length];
            for (int i = 0; i < scores.length; i++) {
                moved[i] = 4 * scores[i] + 16;
            }
            TailCalibration fit = TailFit.fit(List.of(scores));
            TailCalibration other = TailFit.fit(List.of(moved));
            assertThat(other.location()).isCloseTo(4 * fit.location() + 16, within(1e-6));
            assertThat(other.scale()).isCloseTo(4 * fit.scale(), within(1e-5));
            assertThat(other.shape()).isCloseTo(fit.shape(), within(1e-5));
            assertThat(other.effectiveSize()).isEqualTo(fit.effectiveSize());
            assertThat(other.distinct()).isEqualTo(fit.distinct());
        }
    }

    @Test
    void theOrderOfTheEntitiesDoesNotMatter() {
        RandomGenerator random = random();
        float[] first = scores(random, 700);
        float[] second = scores(random, 5);
        float[] third = scores(random, 1300);
        TailCalibration fit = TailFit.fit(List.of(first, second, third));
        assertThat(TailFit.fit(List.of(third, new float[0], first, second))).isEqualTo(fit);
        assertThat(TailFit.fit(List.of(first, second))).isNotEqualTo(fit);
    }

    /** In ascending order the high scores are neighbours, and so a single burst. */
    @Test
    void theTailIsHeavierIfTheSameScoresComeInOneBurst() {
        float[] scattered = scores(random(), 40_000);
        float[] ascending = scattered.clone();
        Arrays.sort(ascending);
        TailCalibration independent = TailFit.fit(List.of(scattered));
        TailCalibration burst = TailFit.fit(List.of(ascending));
        assertThat(burst.shape()).isGreaterThan(independent.shape() + 0.05);
        assertThat(burst.effectiveSize()).isLessThan(independent.effectiveSize() / 100);
        assertThat(burst.location()).isEqualTo(independent.location());
        assertThat(burst.threshold(1e-5)).as("less certain, so higher").isGreaterThan(independent.threshold(1e-5));
    }

    @Test
    void equalScoresHaveTheDefaultScale() {
        float[] equal = new float[500];
        Arrays.fill(equal, 2);
        TailCalibration fit = TailFit.fit(List.of(equal));
        assertThat(fit.scale()).isEqualTo(0.5);
        assertThat(fit.distinct()).isZero();
        assertThat(fit.location()).isEqualTo(2);
    }

    /** Log-scores with an exponential tail, as multiples of 1/1024 so that a change of unit is exact. */
    private static float[] scores(RandomGenerator random, int count) {
        float[] scores = new float[count];
        for (int i = 0; i < count; i++) {
            scores[i] = Math.round(1024 * (1 - Math.log(1 - random.nextDouble()) / 2)) / 1024f;
        }
        return scores;
    }
}
