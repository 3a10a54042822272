package dev.noether.model.repeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.feature.WindowBuffer;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatRunsTest extends RandomizedTest {
    private static final int FEATURES = 6;
    private static final RepeatCounts MOVING = new RepeatCounts(10_000, 0, 0, 0, 1);
    /** The last feature is constant. */
    private static final RepeatLimits LIMITS = new RepeatLimits(
            new RepeatLaw(
                    List.of(MOVING, MOVING, MOVING, MOVING, MOVING, new RepeatCounts(1, 1, 9_998, 9_998, 10_000))),
            0.05);

    private final WindowBuffer window = new WindowBuffer(3, 2, FEATURES);

    @Test
    void countsLikeALoopOverAllRows() {
        RandomGenerator random = random();
        RepeatRuns runs = new RepeatRuns();
        float[] row = new float[FEATURES];
        boolean[] filledIn = new boolean[FEATURES];
        int[] lengths = new int[FEATURES];
        boolean sometimes = false;
        for (int i = 0; i < 20_000; i++) {
            boolean calm = i / 50 % 2 == 0;
            for (int j = 0; j < FEATURES; j++) {
                filledIn[j] = i > 0 && random.nextInt(20) == 0;
                boolean again = i > 0 && (filledIn[j] || j == 5 || random.nextDouble() < (calm ? 0.01 : 0.8));
                row[j] = again ? row[j] : random.nextFloat();
                if (!filledIn[j]) {
                    lengths[j] = again ? lengths[j] + 1 : 1;
                }
            }
            window.addStored(i, row, 0);
            boolean stuck = runs.observe(window, LIMITS, filledIn);
            int[] expected = IntStream.range(0, 5)
                    .filter(j -> lengths[j] >= LIMITS.limit(j))
                    .toArray();
            assertThat(runs.stuck(LIMITS)).isEqualTo(expected);
            assertThat(stuck).isEqualTo(expected.length > 0);
            sometimes |= stuck;
            for (int j = 0; j < 5; j++) {
                assertThat(runs.rows(j)).isEqualTo(lengths[j]);
            }
            runs = i % 7 == 0 ? RepeatRuns.of(runs.repeats()) : runs.copy();
        }
        assertThat(sometimes).isTrue();
    }

    @Test
    void keepsNoArrayWhileAllFeaturesChange() {
        RepeatRuns runs = new RepeatRuns();
        for (int i = 0; i < 10; i++) {
            row(i, i);
            assertThat(runs.observe(window, LIMITS, null)).isFalse();
            assertThat(runs.repeats()).isEmpty();
        }
        row(10, 9);
        runs.observe(window, LIMITS, null);
        assertThat(runs.repeats()).hasSize(FEATURES);
        row(11, 11);
        runs.observe(window, LIMITS, null);
        assertThat(runs.repeats()).isEmpty();
    }

    @Test
    void theCountOfALongRunIsBounded() {
        RepeatRuns runs = RepeatRuns.of(Short.MAX_VALUE, (short) 0, (short) 0, (short) 0, (short) 0, (short) 0);
        row(0, 1);
        row(1, 1);
        assertThat(runs.observe(window, LIMITS, null)).isTrue();
        assertThat(runs.rows(0)).isEqualTo(Short.MAX_VALUE + 1);
    }

    @Test
    void aWindowOfOneRowHasNoRuns() {
        WindowBuffer single = new WindowBuffer(1, 0, FEATURES);
        RepeatRuns runs = new RepeatRuns();
        for (int i = 0; i < 50; i++) {
            single.addStored(i, new float[FEATURES], 0);
            assertThat(runs.observe(single, LIMITS, null)).isFalse();
        }
    }

    private void row(long time, float value) {
        float[] row = new float[FEATURES];
        Arrays.fill(row, value);
        window.addStored(time, row, 0);
    }
}
