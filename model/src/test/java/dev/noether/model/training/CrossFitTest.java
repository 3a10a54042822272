package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.feature.Scaling;
import dev.noether.model.testing.TestingArtifacts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each row's only value is its event time, so that the values of a window identify its rows. */
final class CrossFitTest {
    private static final Scaling AS_IT_IS = new Scaling(new float[] {0}, new float[] {1});
    private static final int WINDOW = 3;
    private static final ModelArtifact MODEL = TestingArtifacts.plain();

    @Test
    void noFoldIsJudgedByAFitToItsOwnRows() {
        List<float[]> fitted = new ArrayList<>();
        List<Fold> folds = of(1000, fitted);
        assertThat(folds).hasSize(CrossFit.FOLDS);
        assertThat(folds.get(0).from()).isEqualTo(Long.MIN_VALUE);
        assertThat(folds.get(folds.size() - 1).to()).isEqualTo(Long.MAX_VALUE);
        for (int k = 0; k < folds.size(); k++) {
            Fold fold = folds.get(k);
            if (k > 0) {
                assertThat(fold.from()).as("no gap").isEqualTo(folds.get(k - 1).to());
            }
            for (float time : fitted.get(k)) {
                assertThat(fold.contains((long) time))
                        .as("row %s in fold %d", time, k)
                        .isFalse();
                assertThat(k == 0 ? time >= fold.to() + WINDOW : time < fold.from() - WINDOW)
                        .as("as it would have been live, and not right beside the fold")
                        .isTrue();
            }
        }
        assertThat(fitted.get(4)).hasSize((800 - WINDOW - WINDOW + 1) * WINDOW);
    }

    @Test
    void aFoldWithFewRowsBeforeItUsesTheRowsAfterIt() {
        List<float[]> fitted = new ArrayList<>();
        List<Fold> folds = of(100, fitted);
        // About 20 rows before the second fold and 60 after it; 40 before the third and 40 after it.
        assertThat(fitted.get(1)[0]).isEqualTo(folds.get(1).to() + WINDOW);
        assertThat(fitted.get(2)[0]).isZero();
        assertThat(fitted.get(4)[0]).isZero();
    }

    @Test
    void refusesAFoldWithoutWindowsOutside() {
        // All rows have the same event time.
        EntityHistory history = EntityHistory.of("a", new long[50], new float[50]);
        HistorySplit split = new HistorySplit(List.of(history), 1, options());
        assertThatThrownBy(() -> CrossFit.of(split, AS_IT_IS, WINDOW, windows -> MODEL))
                .isInstanceOf(HistoryPartEmptyException.class)
                .hasMessage("fold 1 of 5 cannot be cross-fitted: the history has no window of 3 rows outside it");
    }

    private static List<Fold> of(int rows, List<float[]> fitted) {
        long[] times = new long[rows];
        float[] values = new float[rows];
        Arrays.setAll(times, i -> i);
        for (int i = 0; i < rows; i++) {
            values[i] = i;
        }
        HistorySplit split = new HistorySplit(List.of(EntityHistory.of("a", times, values)), 1, options());
        return CrossFit.of(split, AS_IT_IS, WINDOW, windows -> {
            fitted.add(rowsOf(windows));
            return MODEL;
        });
    }

    private static float[] rowsOf(WindowSet windows) {
        return Arrays.copyOf(windows.windows(), windows.count() * WINDOW);
    }

    private static HistoryOptions options() {
        return new HistoryOptions(10, 0.15, 0.15);
    }
}
