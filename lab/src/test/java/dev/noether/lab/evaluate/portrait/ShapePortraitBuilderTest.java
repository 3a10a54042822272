package dev.noether.lab.evaluate.portrait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.lab.evaluate.ablate.TestingBeats;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.portrait.ShapePortrait.FoundWindow;
import dev.noether.lab.evaluate.portrait.ShapePortrait.LearnedMotion;
import dev.noether.lab.evaluate.portrait.ShapePortrait.WindowPortrait;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineChoice;
import dev.noether.model.shape.ShapeChoice;
import dev.noether.model.shape.ShapeModel;
import dev.noether.model.shape.ShapeTrainer;
import dev.noether.model.shape.SignalRun;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The portrait of a shape view that was trained on beats which come earlier, later, wider and narrower. */
final class ShapePortraitBuilderTest {
    private static final int STRANGE_BEAT = 6;
    private static final int PERIOD = 64;

    private static Engine engine;
    private static ShapeModel model;
    private static final EvaluationSeries SERIES = TestingBeats.series("beats", 40, 12, STRANGE_BEAT, 3);
    private static ShapePortraitBuilder builder;

    @BeforeAll
    static void train() {
        engine = EngineChoice.AUTO.open();
        float[] history = SERIES.train().column(0);
        ShapeTrainer.Signal signal =
                new ShapeTrainer.Signal(0, List.of("beats"), List.of(new SignalRun(0, 0, history)));
        model = Objects.requireNonNull(new ShapeTrainer(engine, ShapeChoice.AUTO, 1)
                        .train(signal)
                        .training())
                .model();
        builder = new ShapePortraitBuilder(
                engine, model, "signal", "beats", history, SERIES.test().column(0));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void theMotionsComeInTheOrderOfTheirEffects() {
        ShapePortrait portrait = builder.build(-1);
        assertThat(portrait.period()).isBetween(62, 66);
        assertThat(portrait.windows()).hasSize(2);
        for (WindowPortrait window : portrait.windows()) {
            assertThat(window.strongest()).isNull();
            assertThat(window.prototypes()).hasSize(8);
            double before = 1;
            for (LearnedMotion motion : window.motions()) {
                assertThat(motion.share()).isBetween(0.01, before);
                before = motion.share();
                assertThat(motion.words()).isNotEmpty();
                assertThat(motion.moved(0)).containsExactly(motion.window());
                assertThat(motion.moved(2)[5] - motion.window()[5]).isCloseTo(2 * motion.change()[5], within(1e-9));
            }
            assertThat(window.motions()).hasSizeBetween(1, 4);
        }
        // Standardised windows have motions of time alone.
        assertThat(portrait.windows().get(1).motions())
                .allSatisfy(motion -> assertThat(motion.words()).containsAnyOf("shift", "width", "timing"));
    }

    @Test
    void theWindowOfAStrangeBeatCannotBeExplainedAndThatOfANormalOneCan() {
        double strange = unexplained((STRANGE_BEAT + 1) * PERIOD - 1);
        double normal = unexplained(STRANGE_BEAT * PERIOD - 1);
        assertThat(normal).isLessThan(0.2);
        assertThat(strange).isGreaterThan(2 * normal);
    }

    @Test
    void aWindowWithAnEnormousValueIsDrawn() {
        float[] test = SERIES.test().column(0).clone();
        test[200] = 1e38f;
        ShapePortrait portrait = new ShapePortraitBuilder(
                        engine, model, "signal", "beats", SERIES.train().column(0), test)
                .build(210);
        for (WindowPortrait window : portrait.windows()) {
            FoundWindow found = Objects.requireNonNull(window.strongest());
            for (double value : found.unexplained()) {
                assertThat(value).isFinite();
            }
        }
    }

    /** The root of the mean square of what is not explained, in standard deviations of the window. */
    private static double unexplained(int row) {
        FoundWindow found =
                Objects.requireNonNull(builder.build(row).windows().get(1).strongest());
        assertThat(found.row()).isEqualTo(row);
        assertThat(Arrays.stream(found.values()).average().orElseThrow()).isCloseTo(0, within(1e-3));
        double[] rest = found.unexplained();
        return Math.sqrt(
                Arrays.stream(rest).map(value -> value * value).average().orElseThrow());
    }
}
