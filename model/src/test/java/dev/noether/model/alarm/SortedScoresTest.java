package dev.noether.model.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class SortedScoresTest extends RandomizedTest {
    @Test
    void countsAboveALevelLikeASearchOfAllScores() {
        RandomGenerator random = random();
        for (int round = 0; round < 200; round++) {
            List<Float> all = new ArrayList<>();
            SortedScores scores = SortedScores.of(entities(random, all));
            assertThat(scores.size()).isEqualTo(all.size());
            assertThat(scores.highest()).isEqualTo(Collections.max(all).doubleValue());
            for (double level : new double[] {-1, 0.5, 3, random.nextInt(8) / 2.0, 10}) {
                List<Double> excesses = new ArrayList<>();
                TreeSet<Float> distinct = new TreeSet<>();
                for (float score : all) {
                    if (score > level) {
                        excesses.add(score - level);
                        distinct.add(score);
                    }
                }
                Collections.sort(excesses);
                assertThat(scores.exceedances(level))
                        .containsExactly(
                                excesses.stream().mapToDouble(one -> one).toArray());
                assertThat(scores.distinctAbove(level)).isEqualTo(distinct.size());
            }
        }
    }

    /** Scores are multiples of one half, so that many are equal. */
    private static List<float[]> entities(RandomGenerator random, List<Float> all) {
        List<float[]> entities = new ArrayList<>();
        for (int e = 0; e < 4; e++) {
            float[] scores = new float[e == 0 ? random.nextInt(1, 20) : random.nextInt(20)];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = random.nextInt(1, 12) / 2f;
                all.add(scores[i]);
            }
            entities.add(scores);
        }
        return entities;
    }

    @Test
    void theHighestOfNScoresIsReachedByAShareOfOneInNPlusOne() {
        SortedScores scores = SortedScores.of(List.of(new float[] {4, 1}, new float[] {9, 2}));
        assertThat(scores.reachedBy(1 / 5.0)).isEqualTo(9);
        assertThat(scores.reachedBy(2 / 5.0)).isEqualTo(4);
        assertThat(scores.reachedBy(3 / 5.0)).isCloseTo(2, within(1e-12));
        assertThat(scores.reachedBy(4 / 5.0)).isEqualTo(1);
        assertThat(scores.reachedBy(1.5 / 5)).as("between two scores").isCloseTo(6.5, within(1e-12));
        assertThat(scores.reachedBy(1e-9)).as("not beyond the highest").isEqualTo(9);
        assertThat(scores.reachedBy(1)).as("not below the lowest").isEqualTo(1);
    }

    @Test
    void aLargerShareReachesALowerScoreAndTheCountAgrees() {
        RandomGenerator random = random();
        float[] values = normals(random, 999);
        SortedScores scores = SortedScores.of(List.of(values));
        double former = Double.POSITIVE_INFINITY;
        for (int k = 1; k < 1000; k++) {
            double level = scores.reachedBy((k + 0.5) / 1000);
            assertThat(level).isLessThanOrEqualTo(former);
            if (k < 999) {
                assertThat(scores.exceedances(level))
                        .as("scores above the level")
                        .hasSize(k);
            }
            former = level;
        }
    }

    @Test
    void refusesScoresThatAreNotFiniteAndNoScores() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SortedScores.of(List.of(new float[0], new float[0])))
                .withMessage("`heldOut` must hold at least one score (got none)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SortedScores.of(List.of(new float[] {2, Float.NaN, 1})))
                .withMessage("`heldOut` must be finite (got 1.0 to NaN)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SortedScores.of(List.of(new float[] {2, Float.NEGATIVE_INFINITY})))
                .withMessage("`heldOut` must be finite (got -Infinity to 2.0)");
    }

    @Test
    void doesNotChangeTheScores() {
        float[] scores = {3, 1, 2};
        SortedScores.of(List.of(scores));
        assertThat(scores).containsExactly(3, 1, 2);
    }
}
