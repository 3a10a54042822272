package dev.noether.lab.reproduce.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.noether.lab.reproduce.TinySets;
import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import dev.noether.lab.series.SeriesProgress;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineChoice;
import dev.noether.model.series.SeriesSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The forms of the default model. */
final class DefaultModelTrainerTest {
    private final Engine engine = EngineChoice.OPENBLAS.open();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void theFormWithoutASymmetryChoosesNone() {
        BenchmarkSet waves = TinySets.waves("Waves", 12, 6);
        DefaultModelTrainer.Outcome outcome =
                new DefaultModelTrainer(engine, waves).fit(ComparedMethod.DEFAULT_NONE, 1, SeriesProgress.SILENT);
        assertThat(outcome.chosen()).startsWith("none");
        assertThat(outcome.testError()).isPositive();
    }

    @Tag("long")
    @Test
    void rowsThatAreNoSeriesAreNotShiftedInTime() {
        BenchmarkSet waves = TinySets.waves("Waves", 12, 6);
        BenchmarkSet rows = new BenchmarkSet("Rows", waves.train(), waves.test(), false, List.of());
        DefaultModelTrainer model = new DefaultModelTrainer(engine, rows);
        DefaultModelTrainer.Outcome none = model.fit(ComparedMethod.DEFAULT_NONE, 1, SeriesProgress.SILENT);
        assertThat(model.fit(ComparedMethod.DEFAULT_SHIFT, 1, SeriesProgress.SILENT))
                .isEqualTo(none);
        assertThat(model.fit(ComparedMethod.DEFAULT_WARP, 1, SeriesProgress.SILENT))
                .isEqualTo(none);
    }

    @Test
    void manyRowsAreSeenLessOftenThanFew() {
        assertThat(DefaultModelTrainer.passes(rows(100))).isEqualTo(40);
        assertThat(DefaultModelTrainer.passes(rows(48_000))).isEqualTo(30);
        assertThat(DefaultModelTrainer.passes(rows(60_000))).isEqualTo(24);
        assertThat(DefaultModelTrainer.passes(rows(200_000))).isEqualTo(24);
    }

    private static BenchmarkSet rows(int count) {
        SeriesSet rows = SeriesSet.of(new float[count * 10], count, 10);
        return new BenchmarkSet("Rows", rows, rows, false, List.of());
    }

    @Test
    void aMethodOfThePaperIsNoFormOfIt() {
        DefaultModelTrainer model = new DefaultModelTrainer(engine, TinySets.waves("Waves", 12, 6));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.fit(ComparedMethod.LIE1, 1, SeriesProgress.SILENT))
                .withMessage("LIE1 is not a form of the default model");
    }
}
