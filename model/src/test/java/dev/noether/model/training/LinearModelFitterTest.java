package dev.noether.model.training;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.engine.Engine;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.testing.RandomizedTest;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LinearModelFitterTest extends RandomizedTest {
    private final Engine engine = new ReferenceEngine();

    /** Values that change within a fold change the models of later folds, and not the model that judges it. */
    @Test
    void noFoldIsJudgedByAModelThatWasFittedToIt() {
        List<EntityHistory> histories = TestingHistories.histories(random(), 2);
        FoldedModel folded = TestingHistories.linear(engine, histories);
        assertThat(folded.folds()).hasSize(CrossFit.FOLDS);
        assertThat(folded.calibratedFrom()).isEqualTo(CrossFit.CALIBRATED_FROM);
        for (int k = 0; k < CrossFit.FOLDS; k++) {
            Fold fold = folded.folds().get(k);
            FoldedModel changed = TestingHistories.linear(engine, TestingHistories.reversed(histories, fold));
            assertThat(changed.model().forecast()).isNotEqualTo(folded.model().forecast());
            for (int other = 0; other < CrossFit.FOLDS; other++) {
                boolean same = requireNonNull(changed.folds().get(other).model().forecast())
                        .equals(folded.folds().get(other).model().forecast());
                // The first fold is judged by a model of the later rows, each other fold by one of the earlier rows.
                assertThat(same)
                        .as("model of fold %d, change in fold %d", other, k)
                        .isEqualTo(other == 0 ? k == 0 : other <= k);
            }
        }
    }
}
