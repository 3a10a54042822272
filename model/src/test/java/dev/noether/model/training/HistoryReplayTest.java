package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.scoring.Judgement;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.model.testing.TestingArtifacts;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HistoryReplayTest extends RandomizedTest {
    private static final int FEATURES = TestingHistories.FEATURES;
    private static final int WINDOW = TestingHistories.WINDOW;
    private static final int ROWS = TestingHistories.ROWS;
    private static final long MINUTE = TestingHistories.MINUTE;

    private final Engine engine = new ReferenceEngine();

    /** Compares with a scorer that judges one row after the other. */
    @Test
    void aReplayJudgesLikeALiveStream() {
        List<EntityHistory> histories = TestingHistories.histories(random(), 2);
        ModelArtifact first = TestingArtifacts.random(FEATURES, WINDOW, 1);
        ModelArtifact second = TestingArtifacts.random(FEATURES, WINDOW, 9);
        long middle = 200 * MINUTE;
        long end = 450 * MINUTE;
        List<Fold> folds = List.of(
                new Fold(Long.MIN_VALUE, middle, second),
                new Fold(middle, end, first),
                new Fold(end, Long.MAX_VALUE, second));
        List<float[]> readings = new HistoryReplay(engine, folds, histories).judgeEach(first, 1, Judgement::alarmScore);
        for (int e = 0; e < histories.size(); e++) {
            assertThat(readings.get(e)).isEqualTo(live(histories.get(e), folds.subList(1, 3), first));
        }
    }

    private float[] live(EntityHistory history, List<Fold> folds, ModelArtifact starts) {
        List<Float> scores = new ArrayList<>();
        EntityBaseline start = starts.startingBaseline(history.entity());
        EntityBaseline baseline = start.copy();
        for (Fold fold : folds) {
            ModelArtifact model = fold.model();
            WindowBuffer buffer = new WindowBuffer(model.contextRows(), 0, FEATURES);
            try (WindowScorer scorer = new WindowScorer(model, engine, 1)) {
                for (int i = 0; i < ROWS; i++) {
                    long time = history.runs().get(0).times()[i];
                    int position = buffer.add(time, history.runs().get(0).rows(), i * FEATURES);
                    if (buffer.windowEndsAt(position) && fold.contains(time)) {
                        scorer.clear();
                        int row = scorer.add(buffer, position);
                        scores.add((float) scorer.judge(row, baseline, start).alarmScore());
                    }
                }
            }
        }
        float[] array = new float[scores.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = scores.get(i);
        }
        return array;
    }
}
