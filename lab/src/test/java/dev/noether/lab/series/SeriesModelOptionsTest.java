package dev.noether.lab.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.model.symmetry.learned.SymmetryFamily;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SeriesModelOptionsTest {
    private static final SeriesModelOptions DEFAULTS = SeriesModelOptions.defaults();

    @Test
    void theDefaultsAreAsDocumented() {
        assertThat(DEFAULTS)
                .isEqualTo(new SeriesModelOptions(10, 40, 32, 256, 1e-3, List.of(SymmetryFamily.LEARNED_WARP)));
        assertThat(SeriesModelOptions.forRows()).isEqualTo(DEFAULTS.withFamilies(SymmetryFamily.LEARNED_ROTATION));
    }

    @Test
    void everyValueCanBeReplaced() {
        SeriesModelOptions all = DEFAULTS.withCodeSize(2)
                .withEpochs(3)
                .withBatchSize(4)
                .withHiddenWidth(5)
                .withLearningRate(0.6)
                .withFamilies();
        assertThat(all).isEqualTo(new SeriesModelOptions(2, 3, 4, 5, 0.6, List.of()));
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> DEFAULTS.withCodeSize(0)).hasMessage("`codeSize` must be at least 1 (got 0)");
        assertThatThrownBy(() -> DEFAULTS.withEpochs(0)).hasMessage("`epochs` must be at least 1 (got 0)");
        assertThatThrownBy(() -> DEFAULTS.withBatchSize(0)).hasMessage("`batchSize` must be at least 1 (got 0)");
        assertThatThrownBy(() -> DEFAULTS.withHiddenWidth(-1)).hasMessage("`hiddenWidth` must be at least 1 (got -1)");
        assertThatThrownBy(() -> DEFAULTS.withLearningRate(Double.NaN))
                .hasMessage("`learningRate` must be in (0, 1] (got NaN)");
    }
}
