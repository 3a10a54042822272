package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.model.engine.Engine;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HeldOutModelFitterTest extends RandomizedTest {
    private static final int FEATURES = TestingHistories.FEATURES;
    private static final long MINUTE = TestingHistories.MINUTE;

    private final Engine engine = new ReferenceEngine();
    private final DetectorOptions options = TestingHistories.options(TestingHistories.FORECAST);

    @Test
    void theHeldOutModelDoesNotDependOnTheCalibrationPart() {
        List<EntityHistory> histories = TestingHistories.histories(random(), 2);
        FoldedModel folded = heldOut(histories);
        long end = TestingHistories.split(histories).calibrationFrom();
        assertThat(folded.folds()).extracting(Fold::from).containsExactly(Long.MIN_VALUE, end);
        assertThat(folded.folds()).extracting(Fold::to).containsExactly(end, Long.MAX_VALUE);
        assertThat(folded.calibratedFrom()).isEqualTo(1);
        FoldedModel later =
                heldOut(TestingHistories.reversed(histories, folded.folds().get(1)));
        assertThat(later.model()).isEqualTo(folded.model());
        FoldedModel earlier =
                heldOut(TestingHistories.reversed(histories, folded.folds().get(0)));
        assertThat(earlier.model().forecast()).isNotEqualTo(folded.model().forecast());
    }

    @Test
    void aHeldOutModelNeedsAWindowBeforeTheCalibrationPart() {
        // Each run is shorter than the context.
        List<EntityHistory.Run> runs = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            long[] times = {10 * i * MINUTE, (10 * i + 1) * MINUTE};
            runs.add(new EntityHistory.Run(times, new float[2 * FEATURES]));
        }
        HistorySplit split = TestingHistories.split(List.of(new EntityHistory("a", runs)));
        DetectorNetwork network = TestingHistories.network(engine, split);
        HeldOutModelFitter fitter = new HeldOutModelFitter(options, TestingHistories.fitter(engine, options));
        assertThatThrownBy(() -> fitter.fit(split, network))
                .isInstanceOf(HistoryPartEmptyException.class)
                .hasMessage("the training and validation parts of the history have no window of 4 rows");
    }

    /** With a network and a scaling that are the same for all histories. */
    private FoldedModel heldOut(List<EntityHistory> histories) {
        HistorySplit split = TestingHistories.split(TestingHistories.histories(random(), 2));
        DetectorNetwork network = TestingHistories.network(engine, split);
        return new HeldOutModelFitter(options, TestingHistories.fitter(engine, options))
                .fit(TestingHistories.split(histories), network);
    }
}
