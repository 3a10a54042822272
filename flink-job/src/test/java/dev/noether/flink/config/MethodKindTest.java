package dev.noether.flink.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.retrain.TrainingOperator;
import dev.noether.model.method.Contractive;
import dev.noether.model.method.Denoising;
import dev.noether.model.method.LieFirstOrder;
import dev.noether.model.method.LieSecondOrder;
import dev.noether.model.method.Plain;
import dev.noether.model.method.TrainingMethod;
import dev.noether.model.symmetry.GeneratorStructure;
import dev.noether.model.symmetry.PenaltyOptions;
import dev.noether.model.training.Architecture;
import dev.noether.model.training.DetectorOptions;
import org.junit.jupiter.api.Test;

/** From keys to what a training does. */
final class MethodKindTest {
    @Test
    void eachMethodTakesItsSettings() {
        assertThat(method("")).isEqualTo(new Plain());
        assertThat(method("{method: denoising, noise: 0.25}")).isEqualTo(new Denoising(0.25));
        assertThat(method("{method: contractive, penaltyWeight: 0.5, noise: 0.25}"))
                .isEqualTo(new Contractive(0.5, 0.5, 0.25, 1));
        assertThat(method("{method: lie_first_order, penaltyWeight: 0.1, generatorRank: 2}"))
                .isEqualTo(new LieFirstOrder(PenaltyOptions.weighted(0.1).withRank(2)));
        TrainingMethod second = method("{method: lie_second_order, penaltyWeight: 10, generators: full}");
        PenaltyOptions penalty = LieSecondOrder.weighted(10).penalty();
        assertThat(second).isEqualTo(new LieSecondOrder(penalty.withStructure(GeneratorStructure.FULL)));
    }

    @Test
    void theArchitectureIsThatOfTheKey() {
        assertThat(options("model: {architecture: relu}").network().architecture())
                .isEqualTo(Architecture.RELU);
        assertThat(options("").network().architecture()).isEqualTo(Architecture.PCA_RESIDUAL);
    }

    private static TrainingMethod method(String retraining) {
        return options(retraining.isEmpty() ? "" : "retraining: " + retraining)
                .training()
                .method();
    }

    private static DetectorOptions options(String more) {
        String yaml = "detector: fleet\nfeatures: [cpu, memory]\n" + more + "\n";
        return TrainingOperator.detectorOptions(DetectorConfig.parse(yaml, "test"));
    }
}
