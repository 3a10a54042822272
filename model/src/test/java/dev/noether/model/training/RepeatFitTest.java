package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.repeat.RepeatCounts;
import dev.noether.model.training.EntityHistory.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatFitTest {
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

    /** Rows of two features. */
    private static Run run(float... values) {
        long[] times = new long[values.length / 2];
        for (int i = 0; i < times.length; i++) {
            times[i] = i;
        }
        return new Run(times, values);
    }
}
