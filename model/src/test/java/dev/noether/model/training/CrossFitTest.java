package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.feature.Scaling;
import dev.noether.model.feature.ScalingKind;
import dev.noether.model.testing.TestingArtifacts;
import dev.noether.model.training.HistorySplit.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each row's only value is its event time, so that a window shows what it was cut from. */
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
                assertThat(fold.holds((long) time))
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
    void whereLittleCameBeforeWhatCameBehindIsFittedTo() {
        List<float[]> fitted = new ArrayList<>();
        List<Fold> folds = of(100, fitted);
        // Some 20 rows before the second fold, 60 behind it; 40 before the third, 40 behind it.
        assertThat(fitted.get(1)[0]).isEqualTo(folds.get(1).to() + WINDOW);
        assertThat(fitted.get(2)[0]).isZero();
        assertThat(fitted.get(4)[0]).isZero();
    }

    @Test
    void saysWhereNothingIsOutsideOfAFold() {
        // All rows come at once: no instant lies between them.
        EntityHistory history = EntityHistory.of("a", new long[50], new float[50]);
        HistorySplit split = new HistorySplit(List.of(history), 1, options());
        assertThatThrownBy(() -> CrossFit.of(split, AS_IT_IS, WINDOW, windows -> MODEL))
                .isInstanceOf(HistoryTooShortException.class)
                .hasMessageContaining("no window of 3 rows outside of a fifth of it");
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

    private static float[] rowsOf(Part windows) {
        return Arrays.copyOf(windows.windows(), windows.count() * WINDOW);
    }

    private static DetectorOptions options() {
        return new DetectorOptions(
                WINDOW,
                0,
                1,
                List.of(),
                Architecture.PCA_RESIDUAL,
                ScalingKind.STANDARD,
                TrainingOptions.defaults(),
                10,
                0.15,
                0.15,
                ScoreRule.DEFAULT);
    }
}
