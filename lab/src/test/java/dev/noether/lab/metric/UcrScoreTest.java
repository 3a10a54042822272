package dev.noether.lab.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class UcrScoreTest extends RandomizedTest {
    private static final int ROWS = 2_000;

    @Test
    void aShortEventHasAMarginOfOneHundredRows() {
        boolean[] labels = labels(500, 510);
        assertThat(UcrScore.of(peak(399), labels)).isZero();
        assertThat(UcrScore.of(peak(400), labels)).isOne();
        assertThat(UcrScore.of(peak(505), labels)).isOne();
        assertThat(UcrScore.of(peak(609), labels)).isOne();
        assertThat(UcrScore.of(peak(610), labels)).isZero();
    }

    @Test
    void aLongEventHasAMarginOfItsLength() {
        boolean[] labels = labels(500, 800);
        assertThat(UcrScore.of(peak(199), labels)).isZero();
        assertThat(UcrScore.of(peak(200), labels)).isOne();
        assertThat(UcrScore.of(peak(1_099), labels)).isOne();
        assertThat(UcrScore.of(peak(1_100), labels)).isZero();
    }

    @Test
    void theMarginEndsWithTheSeries() {
        assertThat(UcrScore.of(peak(0), labels(50, 60))).isOne();
        assertThat(UcrScore.of(peak(ROWS - 1), labels(ROWS - 20, ROWS))).isOne();
    }

    @Test
    void aTieWithARowFarAwayIsAMiss() {
        boolean[] labels = labels(500, 510);
        float[] scores = peak(505);
        scores[450] = 1;
        assertThat(UcrScore.of(scores, labels)).as("both rows are near").isOne();
        scores[1_500] = 1;
        assertThat(UcrScore.of(scores, labels)).isZero();
        assertThat(UcrScore.of(new float[ROWS], labels)).as("constant scores").isZero();
        Arrays.fill(scores, Float.NEGATIVE_INFINITY);
        assertThat(UcrScore.of(scores, labels)).as("no row was scored").isZero();
    }

    @Test
    void theSameAsBySearchingTheLargest() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 300; trial++) {
            int start = random.nextInt(ROWS - 400);
            int length = 1 + random.nextInt(300);
            float[] scores = normals(random, ROWS);
            int largest = 0;
            for (int i = 0; i < ROWS; i++) {
                largest = scores[i] > scores[largest] ? i : largest;
            }
            int before = start - largest;
            int after = largest - (start + length - 1);
            boolean near = Math.max(before, after) <= Math.max(100, length);
            assertThat(UcrScore.of(scores, labels(start, start + length)))
                    .as("trial %d", trial)
                    .isEqualTo(near ? 1 : 0);
        }
    }

    @Test
    void exactlyOneEventIsNeeded() {
        boolean[] two = labels(10, 20);
        two[30] = true;
        assertThatThrownBy(() -> UcrScore.of(new float[ROWS], two))
                .hasMessage("`labels` must hold exactly one event (got 2)");
        assertThatThrownBy(() -> UcrScore.of(new float[ROWS], new boolean[ROWS]))
                .hasMessageContaining("must hold both true and false");
    }

    private static float[] peak(int row) {
        float[] scores = new float[ROWS];
        scores[row] = 1;
        return scores;
    }

    private static boolean[] labels(int start, int end) {
        boolean[] labels = new boolean[ROWS];
        Arrays.fill(labels, start, end, true);
        return labels;
    }
}
