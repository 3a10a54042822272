package dev.noether.model.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.shape.ShapeOptions;
import dev.noether.model.testing.TestingArtifacts;
import dev.noether.model.training.DetectorOptions;
import dev.noether.model.training.DetectorTrainer;
import dev.noether.model.training.EntityHistory;
import dev.noether.model.training.TrainingProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Retrainings without a change of the fleet: another seed, fresher rows, another fleet each time. All must pass. */
@Tag("long")
final class FalseRefusalTest {
    private static final int HISTORIES = 20;
    private static final int ENTITIES = 4;
    private static final int ROWS = 2000;
    private static final int DAY = 400;
    private static final int CODE = 6;

    @Test
    void noGoodChallengerIsRefused() {
        List<String> refused = new ArrayList<>();
        try (Engine engine = new OpenBlasEngine()) {
            for (int seed = 0; seed < HISTORIES; seed++) {
                List<EntityHistory> all = TestingFleet.histories(100 + seed, ENTITIES, ROWS + DAY);
                Champion champion = new Champion(champion(engine, TestingFleet.between(all, 0, ROWS)), "model 1");
                GatedDetector next = new GatedTraining(
                                engine, options(seed), ShapeOptions.OFF, TestingFleet.BUDGET, 0.1)
                        .train(
                                TestingArtifacts.features(TestingFleet.FEATURES),
                                TestingFleet.between(all, DAY, ROWS + DAY),
                                new TreeMap<>(),
                                champion,
                                List.of(),
                                TrainingProgress.SILENT);
                if (!next.report().isPassed()) {
                    refused.add(seed + ": " + next.report().reason());
                }
            }
        }
        System.out.println("refused " + refused.size() + " of " + HISTORIES + " good challengers " + refused);
        assertThat(refused).hasSizeLessThan(2);
    }

    private static DetectorOptions options(long seed) {
        return TestingFleet.options(seed, CODE);
    }

    private static ModelArtifact champion(Engine engine, List<EntityHistory> histories) {
        return new DetectorTrainer(engine, options(1))
                .train(
                        TestingArtifacts.features(TestingFleet.FEATURES),
                        histories,
                        new TreeMap<>(),
                        TrainingProgress.SILENT)
                .model();
    }
}
