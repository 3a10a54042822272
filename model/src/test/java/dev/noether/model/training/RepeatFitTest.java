package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.repeat.RepeatCounts;
import dev.noether.model.training.EntityHistory.Run;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RepeatFitTest extends RandomizedTest {
    private static final float GAP = Float.NaN;

    @Test
    void countsByFeatureOverAllEntitiesAndNotAcrossRuns() {
        EntityHistory a = new EntityHistory("a", List.of(run(1, 9, 1, 9, 2, 9, 3, 9, 3, 9, 3, 9), run(3, 8, 4, 8)));
        EntityHistory b = new EntityHistory("b", List.of(run(4, 8, 5, 7)));
        assertThat(RepeatFit.fit(List.of(a, b), 2).counts())
                .containsExactly(
                        // 1 1 | 2 | 3 3 3; 3 | 4; 4 | 5
                        new RepeatCounts(5, 2, 2, 1, 3),
                        // 9 9 9 9 9 9; 8 8; 8 | 7
                        new RepeatCounts(3, 2, 4, 4, 6));
    }

    @Test
    void aGapNeitherContinuesNorEndsARun() {
        EntityHistory history = new EntityHistory("a", List.of(run(GAP, 1, 1, 1, GAP, 2, 1, 2, GAP, 3, 2, 3)));
        assertThat(RepeatFit.fit(List.of(history), 2).counts().get(0)).isEqualTo(new RepeatCounts(1, 1, 1, 0, 2));
    }

    /** Compares with the runs of equal values among the present values of a feature. */
    @Test
    void countsLikeTheRunsOfThePresentValues() {
        RandomGenerator random = random();
        for (int round = 0; round < 200; round++) {
            List<EntityHistory> histories = new ArrayList<>();
            for (int e = 0; e < 3; e++) {
                histories.add(new EntityHistory("entity-" + e, List.of(randomRun(random), randomRun(random))));
            }
            List<RepeatCounts> counts = RepeatFit.fit(histories, 2).counts();
            assertThat(counts).containsExactly(expected(histories, 0), expected(histories, 1));
        }
    }

    private static RepeatCounts expected(List<EntityHistory> histories, int feature) {
        int[] pairs = new int[2];
        int[] equal = new int[2];
        int longest = 0;
        for (EntityHistory history : histories) {
            for (Run run : history.runs()) {
                List<Float> present = new ArrayList<>();
                for (int i = feature; i < run.rows().length; i += 2) {
                    if (!Double.isNaN(run.rows()[i])) {
                        present.add((float) run.rows()[i]);
                    }
                }
                for (int i = 1; i < present.size(); i++) {
                    int later = i > 1 && present.get(i - 1).equals(present.get(i - 2)) ? 1 : 0;
                    pairs[later]++;
                    equal[later] += present.get(i).equals(present.get(i - 1)) ? 1 : 0;
                    int from = i;
                    while (from > 0 && present.get(from - 1).equals(present.get(i))) {
                        from--;
                    }
                    longest = Math.max(longest, i - from + 1);
                }
            }
        }
        return new RepeatCounts(pairs[0], equal[0], pairs[1], equal[1], longest);
    }

    private static Run randomRun(RandomGenerator random) {
        float[] values = new float[2 * random.nextInt(1, 30)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(4) == 0 ? GAP : random.nextInt(3);
        }
        return run(values);
    }

    /** Rows of two features. */
    private static Run run(float... values) {
        long[] times = new long[values.length / 2];
        for (int i = 0; i < times.length; i++) {
            times[i] = i;
        }
        return new Run(times, values);
    }
}
