package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.noether.model.method.Denoising;
import dev.noether.model.method.Plain;
import dev.noether.model.method.TrainingMethod;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class TrainingOptionsTest {
    private static final TrainingOptions DEFAULTS = TrainingOptions.defaults();

    @Test
    void defaultsFollowThePaper() {
        assertThat(DEFAULTS).isEqualTo(new TrainingOptions(125, 16, 1e-3, 100, 20, 0, new Plain(), 1));
    }

    @Test
    void changesOneOptionAtATime() {
        TrainingMethod method = new Denoising(2);
        TrainingOptions all = DEFAULTS.withEpochs(2)
                .withBatchSize(3)
                .withLearningRate(0.4)
                .withWarmUpSteps(5)
                .withPatience(6)
                .withWeightDecay(0.7)
                .withMethod(method)
                .withSeed(8);
        assertThat(all).isEqualTo(new TrainingOptions(2, 3, 0.4, 5, 6, 0.7, method, 8));
    }

    @Test
    void rejectsValuesOutOfRange() {
        assertRefused(() -> DEFAULTS.withEpochs(0), "`epochs` must be at least 1 (got 0)");
        assertRefused(() -> DEFAULTS.withBatchSize(0), "`batchSize` must be at least 1 (got 0)");
        assertRefused(() -> DEFAULTS.withLearningRate(0), "`learningRate` must be in (0, 1] (got 0.0)");
        assertRefused(() -> DEFAULTS.withLearningRate(Double.NaN), "`learningRate` must be in (0, 1] (got NaN)");
        assertRefused(() -> DEFAULTS.withWarmUpSteps(-1), "`warmUpSteps` must be at least 0 (got -1)");
        assertRefused(() -> DEFAULTS.withPatience(0), "`patience` must be at least 1 (got 0)");
        assertRefused(() -> DEFAULTS.withWeightDecay(-0.1), "`weightDecay` must be in [0, 1] (got -0.1)");
    }

    private static void assertRefused(ThrowingCallable change, String message) {
        assertThatIllegalArgumentException().isThrownBy(change).withMessage(message);
    }
}
