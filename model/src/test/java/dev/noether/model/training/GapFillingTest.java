package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.training.EntityHistory.Run;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class GapFillingTest extends RandomizedTest {
    private static final float GAP = Float.NaN;

    @Test
    void usesTheLastValueThenTheNextThenTheMean() {
        EntityHistory first = EntityHistory.of(
                "a", new long[] {1, 2, 3, 4}, new float[] {GAP, GAP, GAP, 2, GAP, GAP, GAP, GAP, GAP, 6, GAP, GAP});
        EntityHistory second = EntityHistory.of("b", new long[] {1, 2}, new float[] {1, 3, GAP, 1, 5, GAP});
        List<EntityHistory> filled = GapFilling.fill(List.of(first, second), 3);
        assertThat(filled.get(0).runs().get(0).rows()).containsExactly(2, 4, 0, 2, 4, 0, 2, 4, 0, 6, 4, 0);
        assertThat(filled.get(1).runs().get(0).rows()).containsExactly(1, 3, 0, 1, 5, 0);
        assertThat(first.runs().get(0).rows()[0]).isNaN();
    }

    @Test
    void completeHistoriesAreNotChanged() {
        List<EntityHistory> whole = List.of(EntityHistory.of("a", new long[] {1}, new float[] {1, 2}));
        assertThat(GapFilling.fill(whole, 2)).isSameAs(whole);
    }

    /** Compares with a search for each missing value. */
    @Test
    void fillsLikeASearchForEachMissingValue() {
        RandomGenerator random = random();
        int features = 3;
        for (int round = 0; round < 200; round++) {
            List<EntityHistory> histories = new ArrayList<>();
            for (int e = 0; e < 3; e++) {
                histories.add(new EntityHistory(
                        "entity-" + e, List.of(run(random, features), run(random, features), run(random, features))));
            }
            List<EntityHistory> filled = GapFilling.fill(histories, features);
            for (int e = 0; e < 3; e++) {
                assertThat(filled.get(e).entity()).isEqualTo("entity-" + e);
                for (int r = 0; r < 3; r++) {
                    double[] rows = histories.get(e).runs().get(r).rows();
                    double[] result = filled.get(e).runs().get(r).rows();
                    assertThat(result).hasSameSizeAs(rows);
                    for (int i = 0; i < rows.length; i++) {
                        assertThat(result[i]).isEqualTo(expected(histories, rows, i, features));
                    }
                }
            }
        }
    }

    private static double expected(List<EntityHistory> histories, double[] rows, int index, int features) {
        for (int i = index; i >= 0; i -= features) {
            if (!Double.isNaN(rows[i])) {
                return rows[i];
            }
        }
        for (int i = index; i < rows.length; i += features) {
            if (!Double.isNaN(rows[i])) {
                return rows[i];
            }
        }
        double sum = 0;
        int count = 0;
        for (EntityHistory history : histories) {
            for (Run run : history.runs()) {
                for (int i = index % features; i < run.rows().length; i += features) {
                    boolean missing = Double.isNaN(run.rows()[i]);
                    sum += missing ? 0 : run.rows()[i];
                    count += missing ? 0 : 1;
                }
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    /** The values are multiples of an eighth, so that their sums are exact. The last feature is seldom present. */
    private static Run run(RandomGenerator random, int features) {
        int count = random.nextInt(1, 8);
        float[] rows = new float[count * features];
        for (int i = 0; i < rows.length; i++) {
            boolean missing = random.nextInt(i % features == features - 1 ? 20 : 2) > 0;
            rows[i] = missing ? GAP : random.nextInt(100) / 8f;
        }
        return new Run(new long[count], rows);
    }
}
