package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.scoring.Judgement;
import dev.noether.testing.RandomizedTest;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ModelCalibratorTest extends RandomizedTest {
    private static final int FEATURES = TestingHistories.FEATURES;
    private static final int CONTEXT = TestingHistories.CONTEXT;
    private static final int ROWS = TestingHistories.ROWS;

    private final Engine engine = new ReferenceEngine();

    @Test
    void calibrationMeasuresScoresBaselinesAndTheCeilingOfTheMemory() {
        List<EntityHistory> histories = TestingHistories.histories(random(), 3);
        FoldedModel folded = TestingHistories.linear(engine, histories);
        HistorySplit split = TestingHistories.split(histories);
        ModelArtifact model = new ModelCalibrator(engine, histories, split).calibrate(folded, null);
        // All rows of three entities that have a full context, or those of the later folds if the others would lower
        // the
        // threshold.
        assertThat(model.calibration().size()).isIn(3 * (ROWS - CONTEXT + 1), 3 * ROWS * 3 / 5);
        assertThat(model.entityBaselines()).containsOnlyKeys("entity-0", "entity-1", "entity-2");
        assertThat(model.commonBaseline().rows()).isZero();
        HistoryReplay replay = new HistoryReplay(engine, folded.folds(), histories);
        float[] memories = HistoryReplay.joined(replay.judgeEach(model, 0, Judgement::memory));
        long above = 0;
        for (float memory : memories) {
            above += memory > model.rule().memoryCeiling() ? 1 : 0;
        }
        assertThat((double) above / memories.length).as("one in a hundred").isCloseTo(0.01, within(0.002));
        assertThat(model.network()).isEqualTo(folded.model().network());
        // The raw baseline of an entity has the mean of its scaled rows that have a full context.
        double[] rows = histories.get(1).runs().get(0).rows();
        double sum = 0;
        for (int i = CONTEXT - 1; i < ROWS; i++) {
            sum += model.scaling().toModel(0, (float) rows[i * FEATURES]);
        }
        assertThat((double) model.startingBaseline("entity-1").raw().mean(0))
                .isCloseTo(sum / (ROWS - CONTEXT + 1), within(1e-5));
    }

    @Test
    void aCalibrationWithoutRowsIsRefused() {
        List<EntityHistory> histories = TestingHistories.histories(random(), 1);
        HistorySplit split = TestingHistories.split(histories);
        ModelArtifact model = TestingHistories.linear(engine, histories).model();
        ModelCalibrator calibrator = new ModelCalibrator(engine, histories, split);
        List<Fold> late =
                List.of(new Fold(Long.MIN_VALUE, split.from(), model), new Fold(split.from(), split.to(), model));
        assertThatThrownBy(() -> calibrator.calibrate(new FoldedModel(model, late, 1, 1), null))
                .hasMessage("the beginning of the history has no window of 4 rows for the baselines of the entities");
        List<Fold> early =
                List.of(new Fold(Long.MIN_VALUE, split.to(), model), new Fold(split.to(), Long.MAX_VALUE, model));
        assertThatThrownBy(() -> calibrator.calibrate(new FoldedModel(model, early, 1, 1), null))
                .hasMessage("the calibration part at the end of the history has no window of 4 rows");
    }
}
