package dev.noether.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class EngineChoiceTest {

    @Test
    void opensTheEngineOfTheKind() {
        assertThat(EngineChoice.REFERENCE.open()).isInstanceOf(ReferenceEngine.class);
        assertThat(EngineChoice.OPENBLAS.open()).isInstanceOf(OpenBlasEngine.class);
        assertThat(EngineChoice.ND4J.open()).isInstanceOf(Nd4jEngine.class);
        assertThat(EngineChoice.AUTO.open())
                .isInstanceOf(Nd4jEngine.isOnGpu() ? Nd4jEngine.class : OpenBlasEngine.class);
    }

    @Test
    void refusesADeviceBelowZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineChoice.ND4J.open(-1))
                .withMessage("`deviceIndex` must be at least 0 (got -1)");
    }
}
