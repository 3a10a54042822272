package dev.noether.model.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.shape.ShapeOptions;
import dev.noether.model.testing.TestingArtifacts;
import dev.noether.model.training.DetectorOptions;
import dev.noether.model.training.DetectorTrainer;
import dev.noether.model.training.EntityHistory;
import dev.noether.model.training.TrainedDetector;
import dev.noether.model.training.TrainingProgress;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Retrainings that must pass the gate. */
final class GatedTrainingTest {
    private static final int ENTITIES = 3;
    private static final int ROWS = 1500;
    private static final int DAY = 300;
    private static final int CODE = 6;

    private final Engine engine = new OpenBlasEngine();

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    private TrainedDetector plain(List<EntityHistory> histories, long seed) {
        return new DetectorTrainer(engine, TestingFleet.options(seed, CODE))
                .train(
                        TestingArtifacts.features(TestingFleet.FEATURES),
                        histories,
                        new TreeMap<>(),
                        TrainingProgress.SILENT);
    }

    private GatedDetector gated(List<EntityHistory> histories, DetectorOptions options, Champion champion) {
        return new GatedTraining(engine, options, ShapeOptions.OFF, TestingFleet.BUDGET, 0.1)
                .train(
                        TestingArtifacts.features(TestingFleet.FEATURES),
                        histories,
                        new TreeMap<>(),
                        champion,
                        List.of(),
                        TrainingProgress.SILENT);
    }

    @Test
    void theFirstModelIsTheOneWithoutAGateToTheBit() {
        List<EntityHistory> histories = TestingFleet.histories(1, ENTITIES, ROWS);
        GatedDetector first = gated(histories, TestingFleet.options(7, CODE), Champion.NONE);
        assertThat(first.report().isPassed()).as(first.report().reason()).isTrue();
        assertThat(first.report().reason()).contains("450 held-out rows, without a comparison: no model is in force");
        assertThat(ArtifactCodec.encode(first.trained().model()))
                .isEqualTo(ArtifactCodec.encode(plain(histories, 7).model()));
    }

    @Test
    void aModelOfFresherRowsPasses() {
        List<EntityHistory> all = TestingFleet.histories(2, ENTITIES, ROWS + DAY);
        ModelArtifact champion = plain(TestingFleet.between(all, 0, ROWS), 1).model();
        GatedDetector next = gated(
                TestingFleet.between(all, DAY, ROWS + DAY),
                TestingFleet.options(1, CODE),
                new Champion(champion, "model 1"));
        assertThat(next.report().isPassed()).as(next.report().reason()).isTrue();
        assertThat(next.report().reason())
                .contains("compared with model 1; neither it nor the trial model was trained");
        assertThat(next.report().figures())
                .extracting(Figure::name)
                .contains("alarmRate", "breaks", "breaksFound", "error", "stability", "goldenRows", "weights");
    }

    @Test
    void aChampionOfTheSameRowsIsComparedWithTheFinalModel() {
        List<EntityHistory> histories = TestingFleet.histories(3, ENTITIES, ROWS);
        ModelArtifact champion = plain(histories, 1).model();
        GatedDetector next = gated(histories, TestingFleet.options(2, CODE), new Champion(champion, "model 1"));
        assertThat(next.report().isPassed()).as(next.report().reason()).isTrue();
        assertThat(next.report().reason()).contains("compared with model 1 by the final model");
    }

    @Test
    void aShortHistoryIsCheckedWithoutAComparisonAndSaysSo() {
        List<EntityHistory> histories = TestingFleet.histories(4, 1, 1050);
        ModelArtifact champion = plain(histories, 1).model();
        GatedDetector next = gated(histories, TestingFleet.options(2, CODE), new Champion(champion, "model 1"));
        assertThat(next.report().isPassed()).as(next.report().reason()).isTrue();
        assertThat(next.report().reason())
                .contains("too short to hold rows out: 945 rows would be left to train on and 105 to judge on, 1,000")
                .endsWith("so it was not compared.");
        assertThat(next.report().figures())
                .extracting(Figure::name)
                .contains("weights", "goldenRows", "alarmRate", "grossBreaks")
                .doesNotContain("error");
    }

    @Test
    void aChallengerWithTooSmallACodeIsRefusedAndKeptAsTheTrialModel() {
        List<EntityHistory> all = TestingFleet.histories(5, ENTITIES, ROWS + DAY);
        ModelArtifact champion = plain(TestingFleet.between(all, 0, ROWS), 1).model();
        GatedDetector next = gated(
                TestingFleet.between(all, DAY, ROWS + DAY),
                TestingFleet.options(1, 1),
                new Champion(champion, "model 1"));
        assertThat(next.report().isPassed()).isFalse();
        assertThat(next.report().reason()).contains("error: the squared error on rows without an alarm is ");
        assertThat(next.trained().model().provenance()).containsEntry("gate.trial", "true");
    }
}
