package dev.noether.model.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the newest half of a period differs in, with the right sign; the motions are far beyond the normal ones. */
final class ShapeAnalogyTest extends RandomizedTest {
    private static final int PERIOD = 64;
    private static final int COUNT = 1500;
    private static final int PEAK = 20;

    @ParameterizedTest
    @CsvSource({
        "SHIFT, 10",
        "SHIFT, -10",
        "WIDTH, .6",
        "WIDTH, -.4",
        "AMPLITUDE, 1",
        "AMPLITUDE, -1",
        "OFFSET, 1",
        "OFFSET, -1",
        "TREND, .8",
        "TREND, -.8"
    })
    void aMovedBeatIsNamedWithItsDirection(ShapeKind kind, double size) {
        RandomGenerator random = random();
        ShapeAnalogy analogy = analogy(random);
        float[] window = window(random, kind, size);
        assertThat(analogy.explain(window, 0)).isTrue();
        assertThat(analogy.kind()).isEqualTo(kind);
        assertThat(Math.signum(analogy.deviations())).isEqualTo(Math.signum(size));
        assertThat(Math.abs(analogy.deviations())).isGreaterThan(2.5);
    }

    @Test
    void aRippleIsAnotherShape() {
        RandomGenerator random = random();
        ShapeAnalogy analogy = analogy(random);
        float[] window = window(random, ShapeKind.SHAPE, 1);
        assertThat(analogy.explain(window, 0)).isTrue();
        assertThat(analogy.kind()).isEqualTo(ShapeKind.SHAPE);
    }

    /** Then nothing fixes the phase. */
    @Test
    void anUnusualOlderHalfExplainsNothing() {
        RandomGenerator random = random();
        float[] window = window(random, ShapeKind.SHIFT, 0);
        for (int i = 0; i < PERIOD / 2; i++) {
            window[i] = i % 2 == 0 ? 3 : -3;
        }
        assertThat(analogy(random).explain(window, 0)).isFalse();
    }

    private static ShapeAnalogy analogy(RandomGenerator random) {
        float[] signal = new float[COUNT + PERIOD];
        for (int i = 0; i < signal.length; i++) {
            signal[i] = (float) (beats(i) + 0.03 * random.nextGaussian());
        }
        float[] prototypes = new float[COUNT * PERIOD];
        for (int j = 0; j < COUNT; j++) {
            System.arraycopy(signal, j, prototypes, j * PERIOD, PERIOD);
        }
        return new ShapeAnalogy(new SymmetryAutoencoder(
                new ShapeWindow(1, PERIOD, true), ShapeMotions.TIME, prototypes, new double[4][4], 1, new float[0]));
    }

    private static double beats(int row) {
        return beat(Math.floorMod(row, PERIOD) - PEAK);
    }

    /** A peak and a lower wave after it. */
    private static double beat(double time) {
        double first = time / 4;
        double second = (time - 20) / 6;
        return 3 * Math.exp(-0.5 * first * first) + Math.exp(-0.5 * second * second) - 0.5;
    }

    /** The end of a beat, then the beginning of the next one, which is moved. */
    private static float[] window(RandomGenerator random, ShapeKind kind, double size) {
        float[] window = new float[PERIOD];
        int from = PEAK + 8;
        for (int i = 0; i < PERIOD; i++) {
            double time = i + from - PEAK;
            double next = time - PERIOD;
            double value = i < PERIOD / 2 ? beat(time) : moved(kind, size, next, time, i);
            window[i] = (float) (value + 0.03 * random.nextGaussian());
        }
        return window;
    }

    private static double moved(ShapeKind kind, double size, double next, double time, int row) {
        double normal = 3 * Math.exp(-next * next / 32) + Math.exp(-(time - 20) * (time - 20) / 72) - 0.5;
        return switch (kind) {
            case OFFSET -> normal + size;
            case TREND -> normal + size * Math.sqrt(3) * (2 * (row - PERIOD / 2 + 0.5) / (PERIOD / 2.0) - 1);
            case AMPLITUDE -> normal + size * 3 * Math.exp(-next * next / 32);
            case SHIFT -> 3 * Math.exp(-(next - size) * (next - size) / 32) - 0.5;
            case WIDTH -> 3 * Math.exp(-next * next / 32 / ((1 + size) * (1 + size))) - 0.5;
            case TIMING, SHAPE -> normal + 2 * Math.sin(row);
        };
    }
}
