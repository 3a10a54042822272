package dev.noether.model.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.engine.Engine;
import dev.noether.model.engine.ReferenceEngine;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A window that was moved in a known way is explained in that way, with the right sign. */
final class ShapeDifferenceTest {
    private static final int WIDTH = 48;
    private static final double MIDDLE = (WIDTH - 1) / 2.0;
    private static final double NOISE = 1e-4;

    private final Engine engine = new ReferenceEngine();

    @ParameterizedTest
    @CsvSource({
        "OFFSET, .3",
        "OFFSET, -.3",
        "TREND, .2",
        "TREND, -.2",
        "AMPLITUDE, .3",
        "AMPLITUDE, -.3",
        "SHIFT, 1",
        "SHIFT, -1",
        "WIDTH, .06",
        "WIDTH, -.06"
    })
    void aMovedWindowIsNamedWithItsDirection(ShapeKind kind, double size) {
        float[] moved = window(time -> moved(kind, size, time));
        ShapeExplanation explanation = explained(moved, ShapeMotions.VALUES_AND_TIME);
        assertThat(explanation.kind(WIDTH)).isEqualTo(kind);
        assertThat(Math.signum(explanation.deviations())).isEqualTo(Math.signum(size));
    }

    @ParameterizedTest
    @CsvSource({"SHIFT, .6", "SHIFT, -.6", "WIDTH, .06", "WIDTH, -.06"})
    void theWholeWindowHasTheSameSigns(ShapeKind kind, double size) {
        float[] moved = window(time -> moved(kind, size, time));
        ShapeExplanation explanation = explained(moved, ShapeMotions.TIME);
        assertThat(explanation.kind(WIDTH)).isEqualTo(kind);
        assertThat(Math.signum(explanation.deviations())).isEqualTo(Math.signum(size));
    }

    /** The prior is a standard deviation of .1, and the noise is small: a step of .3 is three deviations. */
    @Test
    void stepsAreInStandardDeviations() {
        float[] moved = window(time -> moved(ShapeKind.OFFSET, 0.3, time));
        assertThat(explained(moved, ShapeMotions.VALUES_AND_TIME).deviations()).isCloseTo(3, within(0.1));
    }

    @ParameterizedTest
    @CsvSource({"5, 0", "17, 1", "29, 2", "42, 3"})
    void aSpikeIsAnotherShapeInItsPart(int spike, int part) {
        float[] moved = window(ShapeDifferenceTest::signal);
        moved[spike] += 2;
        ShapeExplanation explanation = explained(moved, ShapeMotions.VALUES_AND_TIME);
        assertThat(explanation.kind(WIDTH)).isEqualTo(ShapeKind.SHAPE);
        assertThat(explanation.worstPart()).isEqualTo(part);
    }

    private static double moved(ShapeKind kind, double size, double time) {
        return switch (kind) {
            case OFFSET -> signal(time) + size;
            case TREND -> signal(time) + size * Math.sqrt(3) * (2 * (time + 0.5) / WIDTH - 1);
            case AMPLITUDE -> signal(time) + size * (signal(time) - mean());
            case SHIFT -> signal(time - size);
            case WIDTH -> signal(MIDDLE + (time - MIDDLE) / (1 + size));
            case TIMING, SHAPE -> throw new IllegalArgumentException(kind.name());
        };
    }

    /** Two beats, on both sides of the middle. */
    private static double signal(double time) {
        return bump(time - 13) + 0.7 * bump(time - 35);
    }

    private static double bump(double distance) {
        return Math.exp(-0.5 * distance * distance / 9);
    }

    private static double mean() {
        double sum = 0;
        for (float value : window(ShapeDifferenceTest::signal)) {
            sum += value;
        }
        return sum / WIDTH;
    }

    private static float[] window(DoubleUnaryOperator values) {
        float[] window = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            window[i] = (float) values.applyAsDouble(i);
        }
        return window;
    }

    private ShapeExplanation explained(float[] window, ShapeMotions motions) {
        double[][] covariance = new double[motions.size()][motions.size()];
        for (int b = 0; b < covariance.length; b++) {
            boolean isTime = b >= covariance.length - 4;
            covariance[b][b] = isTime ? 0.25 : 0.01;
        }
        SymmetryAutoencoder model = new SymmetryAutoencoder(
                new ShapeWindow(1, WIDTH, false),
                motions,
                window(ShapeDifferenceTest::signal),
                covariance,
                NOISE,
                new float[0]);
        ShapeExplanation explanation = new ShapeExplanation(motions);
        try (SymmetryDistances distances = new SymmetryDistances(model, engine, 1)) {
            distances.run(window, 1);
            distances.explain(0, explanation);
        }
        return explanation;
    }
}
