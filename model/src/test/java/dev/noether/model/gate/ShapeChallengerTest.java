package dev.noether.model.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.gate.PromotionGate.Examination;
import dev.noether.model.shape.ShapeChoice;
import dev.noether.model.shape.ShapeOptions;
import dev.noether.model.testing.TestingArtifacts;
import dev.noether.model.training.DetectorTrainer;
import dev.noether.model.training.EntityHistory;
import dev.noether.model.training.EntityHistory.Run;
import dev.noether.model.training.TrainingProgress;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Models with a shape view are judged with it. */
final class ShapeChallengerTest extends RandomizedTest {
    private static final int ROWS = 3000;
    private static final int DAY = 900;
    private static final int PERIOD = 30;
    private static final ShapeOptions AUTO = ShapeOptions.of(ShapeChoice.AUTO);

    private static EntityHistory beats(RandomGenerator random) {
        long[] times = new long[ROWS + DAY];
        float[] rows = new float[times.length];
        double phase = 0;
        for (int i = 0; i < times.length; i++) {
            times[i] = i * TestingFleet.MINUTE;
            phase += 2 * Math.PI / PERIOD * (1 + 0.03 * random.nextGaussian());
            rows[i] = (float) (Math.sin(phase) + 0.5 * Math.sin(2 * phase + 1) + 0.1 * random.nextGaussian());
        }
        return EntityHistory.of("heart", times, rows);
    }

    private static EntityHistory between(EntityHistory history, int from, int to) {
        Run run = history.runs().get(0);
        return EntityHistory.of(
                history.entity(), Arrays.copyOfRange(run.times(), from, to), Arrays.copyOfRange(run.rows(), from, to));
    }

    private static ModelArtifact train(Engine engine, EntityHistory history, long seed, ShapeOptions shape) {
        return new DetectorTrainer(engine, TestingFleet.options(seed, 2), shape)
                .train(TestingArtifacts.features(1), List.of(history), new TreeMap<>(), TrainingProgress.SILENT)
                .model();
    }

    @Test
    void aChallengerWithoutTheShapeViewIsRefusedAndOneWithItPasses(RandomGenerator random) {
        EntityHistory all = beats(random);
        int from = ROWS + DAY - ROWS / 4;
        try (Engine engine = new OpenBlasEngine()) {
            ModelArtifact champion = train(engine, between(all, 0, ROWS), 1, AUTO);
            assertThat(champion.shape()).isNotNull();
            ModelArtifact good = train(engine, between(all, DAY, from), 2, AUTO);
            GateEvidence evidence = new GateEvidence(
                    TestingArtifacts.features(1),
                    champion.contextRows(),
                    List.of(between(all, DAY, ROWS + DAY)),
                    from * TestingFleet.MINUTE,
                    TestingFleet.BUDGET,
                    List.of(),
                    1);
            PromotionGate gate = new PromotionGate(engine, evidence, champion);
            Examination passed = gate.examineTrial(good);
            assertThat(passed.figures()).extracting(Figure::name).contains("shapeBreaks");
            assertThat(passed.figures()).allMatch(Figure::isPassed);
            assertThat(gate.examineTrial(good.withShape(null)).figures())
                    .filteredOn(figure -> !figure.isPassed())
                    .extracting(Figure::name)
                    .containsAnyOf("shapeBreaks", "breaksFound");
            GatedDetector next = new GatedTraining(engine, TestingFleet.options(1, 2), AUTO, TestingFleet.BUDGET, 0.1)
                    .train(
                            TestingArtifacts.features(1),
                            List.of(between(all, DAY, ROWS + DAY)),
                            new TreeMap<>(),
                            new Champion(champion, "model 1"),
                            List.of(),
                            TrainingProgress.SILENT);
            assertThat(next.report().isPassed()).as(next.report().reason()).isTrue();
        }
    }
}
