package dev.noether.model.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.shape.SymmetryAutoencoderTrainer.Trained;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Windows on the orbit of one shape, with known steps. Each run is one window, so that no window overlaps another.
 *
 * <p>What the right covariance is: the trainer learns from differences x − μ_j = T(ε − ε_j) + noise. If the only
 * prototype is the shape itself, ε_j = 0, and the differences have the planted Σ and σ². If prototypes are members of
 * the same orbit, the differences of pairs that are matched at random would have 2Σ and 2σ²; but each window is paired
 * with the prototype that explains it best, and so the right value is the covariance of the steps between these pairs,
 * which the test knows.
 */
final class SymmetryAutoencoderTrainerTest extends RandomizedTest {
    private static final int WIDTH = 64;
    /** So much that the steps of single windows are uncertain. */
    private static final double NOISE = 0.1;

    private static final double LITTLE_NOISE = 0.05;

    /** F of the steps: standard deviations of offset, trend, amplitude, shift and width, and a dependence. */
    private static final double[][] FACTOR = {
        {0.15, 0, 0, 0, 0},
        {0, 0.12, 0, 0, 0},
        {0, 0.05, 0.1, 0, 0},
        {0, 0, 0, 0.8, 0},
        {0, 0, 0, 0.3, 0.5},
        {0, 0, 0, 0, 0},
        {0, 0, 0, 0, 0}
    };

    private final Engine engine = new OpenBlasEngine();

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    /** Members of an orbit: their steps and windows; the first one is the shape itself. */
    private record Orbit(List<double[]> steps, List<float[]> windows) {
        static Orbit of(RandomGenerator random, int count, double noise) {
            double[] shape = TestingOrbits.shape(random, WIDTH);
            List<double[]> steps = new ArrayList<>();
            List<float[]> windows = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                double[] step = new double[FACTOR.length];
                if (i > 0) {
                    step = TestingOrbits.random(random, FACTOR);
                }
                steps.add(step);
                windows.add(member(random, shape, step, i > 0 ? noise : 0));
            }
            return new Orbit(steps, windows);
        }

        private static float[] member(RandomGenerator random, double[] shape, double[] step, double noise) {
            double[] moved = TestingOrbits.moved(shape, ShapeMotions.VALUES_AND_TIME.generators(), step);
            for (int k = 0; k < WIDTH; k++) {
                moved[k] += noise * random.nextGaussian();
            }
            return TestingOrbits.floats(moved);
        }

        ShapeHistory history() {
            return new ShapeHistory(windows, new ShapeWindow(1, WIDTH, false));
        }
    }

    private Trained train(Orbit orbit, int prototypes, boolean isWhitened) {
        return new SymmetryAutoencoderTrainer(engine, prototypes, 3)
                .train(orbit.history(), ShapeMotions.VALUES_AND_TIME, isWhitened);
    }

    @Test
    void thePlantedCovarianceIsFoundAroundTheShapeItself(RandomGenerator random) {
        SymmetryAutoencoder model =
                train(Orbit.of(random, 1000, NOISE), 1, false).model();
        double[][] planted = TestingOrbits.square(FACTOR);
        assertRelativeError(model.covariance(), planted, 0.2);
        assertThat(model.noise()).isCloseTo(NOISE * NOISE, within(0.2 * NOISE * NOISE));
    }

    @Test
    void withMembersAsPrototypesTheCovarianceIsThatOfTheMatchedPairs(RandomGenerator random) {
        int count = 1200;
        Orbit orbit = Orbit.of(random, count, LITTLE_NOISE);
        ShapeHistory history = orbit.history();
        PrototypeSet set = new PrototypeSet(history, 300);
        SymmetryAutoencoder model = train(orbit, 300, false).model();
        // The pairs of the trainer, again.
        MatchedWindows pairs = new MatchedWindows(history, set, 800, new SplittableRandom(3));
        pairs.match(model, engine);
        int[] numbers = new SplittableRandom(3).ints(800, 0, count).toArray();
        double[][] expected = new double[FACTOR.length][FACTOR.length];
        for (int i = 0; i < numbers.length; i++) {
            double[] step = orbit.steps.get(numbers[i]).clone();
            double[] other = orbit.steps.get(pairs.prototype(i) * count / 300);
            for (int b = 0; b < step.length; b++) {
                step[b] -= other[b];
            }
            for (int b = 0; b < step.length; b++) {
                for (int c = 0; c < step.length; c++) {
                    expected[b][c] += step[b] * step[c] / numbers.length;
                }
            }
        }
        // The noise decides with which prototype a window is matched, so that it is not independent of the steps: with
        // other seeds, a variance was found up to 62 % too large.
        assertRelativeError(model.covariance(), expected, 0.8);
        double[][] planted = TestingOrbits.square(FACTOR);
        for (int b = 0; b < 5; b++) {
            assertThat(model.covariance()[b][b]).as("nearer than random pairs").isLessThan(2 * planted[b][b]);
        }
    }

    /** Compares standardised by the deviations of the expected one, so that each generator counts alike. */
    private static void assertRelativeError(double[][] found, double[][] expected, double tolerance) {
        double squares = 0;
        double sum = 0;
        double worst = 0;
        for (int b = 0; b < 5; b++) {
            worst = Math.max(worst, Math.abs(found[b][b] / expected[b][b] - 1));
            for (int c = 0; c < 5; c++) {
                double scale = Math.sqrt(expected[b][b] * expected[c][c]);
                squares += Math.pow((found[b][c] - expected[b][c]) / scale, 2);
                sum += Math.pow(expected[b][c] / scale, 2);
            }
        }
        System.out.printf("Σ: largest error of a variance %.3f, of the matrix %.3f%n", worst, Math.sqrt(squares / sum));
        assertThat(worst).as("variances").isLessThan(tolerance);
        assertThat(Math.sqrt(squares / sum)).as("matrix").isLessThan(tolerance);
        for (int b = 5; b < found.length; b++) {
            assertThat(found[b][b]).as("a generator that moves nothing").isLessThan(0.05 * found[3][3]);
        }
    }

    @Test
    void smallStepsAreNormalAndLargeOnesAreNot(RandomGenerator random) {
        for (boolean isWhitened : new boolean[] {false, true}) {
            Orbit orbit = Orbit.of(random, 1000, NOISE);
            SymmetryAutoencoder model = train(orbit, 1, isWhitened).model();
            double[] shape = new double[WIDTH];
            for (int k = 0; k < WIDTH; k++) {
                shape[k] = orbit.windows.get(0)[k];
            }
            try (SymmetryDistances distances = new SymmetryDistances(model, engine, 1000)) {
                double[] normal = errors(distances, orbit.windows.subList(1, 1000));
                Arrays.sort(normal);
                double limit = normal[(int) (0.99 * normal.length)];
                for (int b = 0; b < 5; b++) {
                    double deviation = Math.sqrt(TestingOrbits.square(FACTOR)[b][b]);
                    assertThat(median(errors(distances, moved(random, shape, b, 2 * deviation))))
                            .as("2 deviations along %d", b)
                            .isLessThan(limit);
                    assertThat(median(errors(distances, moved(random, shape, b, 8 * deviation))))
                            .as("8 deviations along %d", b)
                            .isGreaterThan(limit);
                }
            }
        }
    }

    private static List<float[]> moved(RandomGenerator random, double[] shape, int generator, double step) {
        List<float[]> windows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            double[] steps = new double[FACTOR.length];
            steps[generator] = step;
            windows.add(Orbit.member(random, shape, steps, NOISE));
        }
        return windows;
    }

    private static double[] errors(SymmetryDistances distances, List<float[]> windows) {
        float[] inputs = new float[windows.size() * WIDTH];
        for (int i = 0; i < windows.size(); i++) {
            System.arraycopy(windows.get(i), 0, inputs, i * WIDTH, WIDTH);
        }
        distances.run(inputs, windows.size());
        double[] errors = new double[windows.size()];
        for (int i = 0; i < errors.length; i++) {
            errors[i] = distances.error(i);
        }
        return errors;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** With the right Σ, d² of a window on the orbit is χ² distributed with as many degrees as it has values. */
    @Test
    void normalErrorsFollowTheModel(RandomGenerator random) {
        Orbit orbit = Orbit.of(random, 1000, NOISE);
        SymmetryAutoencoder model = train(orbit, 1, false).model();
        try (SymmetryDistances distances = new SymmetryDistances(model, engine, 1000)) {
            double[] errors = errors(distances, orbit.windows.subList(1, 1000));
            double mean = Arrays.stream(errors).average().orElseThrow();
            assertThat(mean).isCloseTo(WIDTH, within(0.1 * WIDTH));
        }
        try (SymmetryDistances rigid = new SymmetryDistances(model.withCovarianceTimes(0), engine, 1000)) {
            double mean = Arrays.stream(errors(rigid, orbit.windows.subList(1, 1000)))
                    .average()
                    .orElseThrow();
            assertThat(mean).as("without the symmetry").isGreaterThan(1.5 * WIDTH);
        }
    }
}
