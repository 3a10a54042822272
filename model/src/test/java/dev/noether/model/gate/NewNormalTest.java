package dev.noether.model.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.shape.ShapeOptions;
import dev.noether.model.testing.TestingArtifacts;
import dev.noether.model.training.DetectorTrainer;
import dev.noether.model.training.EntityHistory;
import dev.noether.model.training.TrainingProgress;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The gate must not keep a model in force that no longer knows what is normal. */
final class NewNormalTest {
    private static final int ENTITIES = 4;
    private static final int ROWS = 2000;
    private static final int DAY = 400;
    private static final int STEP = ROWS;

    @Test
    void aModelThatKnowsTheNewBehaviourTakesOver() {
        List<EntityHistory> all = TestingFleet.histories(500, ENTITIES, ROWS + DAY);
        for (EntityHistory history : all) {
            double[] rows = history.runs().get(0).rows();
            for (int i = STEP * TestingFleet.FEATURES; i < rows.length; i++) {
                rows[i] *= i % TestingFleet.FEATURES < 2 ? 2 : 1;
            }
        }
        try (Engine engine = new OpenBlasEngine()) {
            ModelArtifact champion = new DetectorTrainer(engine, TestingFleet.options(1, 6))
                    .train(
                            TestingArtifacts.features(TestingFleet.FEATURES),
                            TestingFleet.between(all, 0, STEP),
                            new TreeMap<>(),
                            TrainingProgress.SILENT)
                    .model();
            GateReport report = new GatedTraining(
                            engine, TestingFleet.options(2, 6), ShapeOptions.OFF, TestingFleet.BUDGET, 0.1)
                    .train(
                            TestingArtifacts.features(TestingFleet.FEATURES),
                            TestingFleet.between(all, DAY, ROWS + DAY),
                            new TreeMap<>(),
                            new Champion(champion, "model 1"),
                            List.of(),
                            TrainingProgress.SILENT)
                    .report();
            assertThat(report.isPassed()).as(report.reason()).isTrue();
            assertThat(report.figures())
                    .filteredOn(figure -> figure.name().equals("breaks"))
                    .allMatch(figure -> figure.challenger() > figure.champion() + 0.02);
        }
    }
}
