package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class GapFillingTest {
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
}
