package dev.noether.lab.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DelayedScoresTest extends RandomizedTest {
    private static final float UNSCORED = Float.NEGATIVE_INFINITY;

    @Test
    void aRowGetsTheMeanOfTheRowsUpToTheDelayAndAQuarterOfTheLargestOfTheNext() {
        assertThat(DelayedScores.of(new float[] {1, 2, 6, 4}, 2)).containsExactly(3.25f, 4.5f, 6.5f, 5);
        assertThat(DelayedScores.of(new float[] {1, 2, 6, 4}, 4))
                .as("the largest of the next row too")
                .containsExactly(3.75f, 5.5f, 6.5f, 5);
        assertThat(DelayedScores.of(new float[] {1, 2, 6, 4}, Integer.MAX_VALUE))
                .as("longer than the series")
                .containsExactly(4.75f, 5.5f, 6.5f, 5);
    }

    @Test
    void aDelayOfZeroChangesNothing() {
        float[] scores = normals(random(), 100);
        assertThat(DelayedScores.of(scores, 0)).isEqualTo(scores);
    }

    @Test
    void rowsWithoutAScoreAreLeftOut() {
        assertThat(DelayedScores.of(new float[] {UNSCORED, 2, UNSCORED, UNSCORED, 5}, 1))
                .containsExactly(2, 2.5f, UNSCORED, 5, 6.25f);
    }

    @Test
    void anInfiniteScoreStaysTheLargest() {
        assertThat(DelayedScores.of(new float[] {1, Float.POSITIVE_INFINITY, 3}, 1))
                .containsExactly(Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY, 3.75f);
    }

    /** A score that rises for the windows that hold one strange row is centred on that row by the delay. */
    @Test
    void theLargestValueIsWhereTheAnomalyIs() {
        int window = 20;
        float[] scores = new float[200];
        for (int i = 100; i < 100 + window; i++) {
            scores[i] = 1;
        }
        float[] delayed = DelayedScores.of(scores, window - 1);
        assertThat(delayed[100]).isEqualTo(1.25f);
        for (int t = 0; t < delayed.length; t++) {
            assertThat(delayed[t]).as("row %d", t).isLessThanOrEqualTo(delayed[100]);
        }
        assertThat(delayed[100 - window / 2]).isEqualTo(0.5f);
    }

    @Test
    void theSameAsBySlowMeans() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 200; trial++) {
            float[] scores = normals(random, 1 + random.nextInt(60));
            for (int i = 0; i < scores.length; i++) {
                scores[i] = random.nextInt(5) == 0 ? UNSCORED : scores[i];
            }
            int delay = random.nextInt(70);
            float[] delayed = DelayedScores.of(scores, delay);
            for (int t = 0; t < scores.length; t++) {
                double expected = IntStream.range(t, scores.length)
                        .limit(delay + 1L)
                        .mapToDouble(i -> scores[i])
                        .filter(Double::isFinite)
                        .average()
                        .orElse(UNSCORED);
                double largest = IntStream.range(t, scores.length)
                        .limit(delay / 4 + 1L)
                        .mapToDouble(i -> scores[i])
                        .filter(Double::isFinite)
                        .max()
                        .orElse(0);
                expected += delay == 0 ? 0 : 0.25 * largest;
                if (Double.isFinite(expected)) {
                    assertThat((double) delayed[t])
                            .as("trial %d, row %d", trial, t)
                            .isCloseTo(expected, within(1e-6));
                } else {
                    assertThat(delayed[t]).isEqualTo(UNSCORED);
                }
            }
        }
    }

    @Test
    void aNegativeDelayIsRefused() {
        assertThatThrownBy(() -> DelayedScores.of(new float[3], -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`delay` must be at least 0 (got -1)");
    }
}
