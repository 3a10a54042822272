package dev.noether.model.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.engine.Engine;
import dev.noether.model.engine.Nd4jEngine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.numeric.Matrices;
import dev.noether.model.numeric.SymmetricEigendecomposition;
import dev.noether.model.numeric.Vectors;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class SymmetryDistancesTest extends RandomizedTest {
    private static final int WIDTH = 40;
    private static final int PROTOTYPES = 12;
    private static final int WINDOWS = 20;

    /** F of Σ = F Fᵀ: nothing, one direction, all directions, and so much that every step is free. */
    private enum Spread {
        NONE(0, 1),
        SINGULAR(0.3, 1),
        FULL(0.3, 7),
        HUGE(30, 7);

        private final double size;
        private final int rank;

        Spread(double size, int rank) {
            this.size = size;
            this.rank = rank;
        }

        double[][] factor(RandomGenerator random, int motions) {
            return TestingOrbits.matrix(random, motions, rank, size);
        }
    }

    /** One case: an autoencoder, F, and windows near its orbits. */
    private record Case(String name, SymmetryAutoencoder model, double[][] factor, float[] windows) {
        static Case of(RandomGenerator random, ShapeMotions motions, Spread spread, boolean isWhitened, double noise) {
            float[] prototypes = new float[PROTOTYPES * WIDTH];
            for (int j = 0; j < PROTOTYPES; j++) {
                float[] shape = TestingOrbits.floats(TestingOrbits.shape(random, WIDTH));
                System.arraycopy(shape, 0, prototypes, j * WIDTH, WIDTH);
            }
            double[][] factor = spread.factor(random, motions.size());
            SymmetryAutoencoder model = new SymmetryAutoencoder(
                    new ShapeWindow(1, WIDTH, false),
                    motions,
                    prototypes,
                    TestingOrbits.square(factor),
                    noise,
                    isWhitened ? TestingOrbits.whitening(random, WIDTH) : new float[0]);
            float[] windows = new float[WINDOWS * WIDTH];
            for (int i = 0; i < WINDOWS; i++) {
                double[] steps = normals(random, motions.size(), 0.3);
                double[] moved = TestingOrbits.moved(model.prototype(i % PROTOTYPES), motions.generators(), steps);
                for (int k = 0; k < WIDTH; k++) {
                    windows[i * WIDTH + k] = (float) (moved[k] + Math.sqrt(noise) * random.nextGaussian());
                }
            }
            String name = "%s, %s, whitened %s, noise %s".formatted(motions, spread, isWhitened, noise);
            return new Case(name, model, factor, windows);
        }

        private static double[] normals(RandomGenerator random, int count, double deviation) {
            return random.doubles(count)
                    .map(ignored -> deviation * random.nextGaussian())
                    .toArray();
        }

        /** {@code A(x − μ_j)}. */
        double[] difference(int window, int prototype) {
            double[] difference = model.prototype(prototype);
            for (int k = 0; k < WIDTH; k++) {
                difference[k] = windows[window * WIDTH + k] - difference[k];
            }
            return whitened(difference);
        }

        /** The rows {@code A T_j}. */
        double[][] tangents(int prototype) {
            double[][] tangents = model.tangents(prototype);
            for (int b = 0; b < tangents.length; b++) {
                tangents[b] = whitened(tangents[b]);
            }
            return tangents;
        }

        private double[] whitened(double[] values) {
            if (!model.isWhitened()) {
                return values;
            }
            float[] whitening = model.whitening();
            double[][] matrix = new double[WIDTH][WIDTH];
            for (int i = 0; i < WIDTH * WIDTH; i++) {
                matrix[i / WIDTH][i % WIDTH] = whitening[i];
            }
            return Matrices.product(matrix, values);
        }

        /**
         * The loss at ε = F u, by its definition. The least u with this ε is meant, so that {@code ‖u‖² = εᵀΣ⁻¹ε}, also
         * for a singular Σ.
         */
        double loss(double[] difference, double[][] tangents, double[] u) {
            double[] steps = Matrices.product(factor, u);
            double[] rest = difference.clone();
            for (int b = 0; b < steps.length; b++) {
                Vectors.addMultiple(rest, -steps[b], tangents[b]);
            }
            return Vectors.dot(rest, rest) / model.noise() + Vectors.dot(u, u);
        }

        /** The least loss: the gradient in u is 0, solved by Gauss's elimination. */
        double[] best(double[] difference, double[][] tangents) {
            double[][] rooted = Matrices.product(Matrices.transpose(factor), tangents);
            double[][] normal = Matrices.product(rooted, Matrices.transpose(rooted));
            for (int row = 0; row < normal.length; row++) {
                normal[row][row] += model.noise();
            }
            return Matrices.product(Matrices.inverse(normal), Matrices.product(rooted, difference));
        }
    }

    private static List<Case> cases(RandomGenerator random) {
        List<Case> cases = new ArrayList<>();
        for (ShapeMotions motions : ShapeMotions.values()) {
            for (Spread spread : Spread.values()) {
                for (boolean isWhitened : new boolean[] {false, true}) {
                    for (double noise : new double[] {1e-4, 1e-2, 1}) {
                        cases.add(Case.of(random, motions, spread, isWhitened, noise));
                    }
                }
            }
        }
        return cases;
    }

    @Test
    void theClosedFormIsTheLeastLoss(RandomGenerator random) {
        double worst = 0;
        for (Case one : cases(random)) {
            double[][] root =
                    SymmetricEigendecomposition.of(one.model().covariance()).squareRoot();
            for (int j = 0; j < PROTOTYPES; j++) {
                double[] difference = one.difference(0, j);
                double[][] tangents = one.tangents(j);
                double[] u = one.best(difference, tangents);
                double least = one.loss(difference, tangents, u);
                double[][] w = ShiftedTangents.of(tangents, root, one.model().noise())[0];
                double[] along = Matrices.product(w, difference);
                double closed = (Vectors.dot(difference, difference) - Vectors.dot(along, along))
                        / one.model().noise();
                assertThat(closed).as(one.name()).isCloseTo(least, within(1e-6 * least));
                worst = Math.max(worst, Math.abs(closed / least - 1));
                for (int trial = 0; trial < 5; trial++) {
                    double[] perturbed = u.clone();
                    perturbed[random.nextInt(u.length)] += 0.1 * (1 + Math.abs(u[0])) * (random.nextBoolean() ? 1 : -1);
                    assertThat(one.loss(difference, tangents, perturbed))
                            .as(one.name())
                            .isGreaterThan(least);
                }
            }
        }
        System.out.println("largest relative error of the closed form in doubles: " + worst);
    }

    @Test
    void theStepsAreThoseOfTheLeastLoss(RandomGenerator random) {
        for (Case one : cases(random)) {
            double[][] root =
                    SymmetricEigendecomposition.of(one.model().covariance()).squareRoot();
            double[] difference = one.difference(1, 2);
            double[][] tangents = one.tangents(2);
            double[] expected = Matrices.product(one.factor(), one.best(difference, tangents));
            double[] steps = ShiftedTangents.steps(tangents, root, one.model().noise(), difference);
            double length = Math.sqrt(Vectors.dot(expected, expected));
            for (int b = 0; b < steps.length; b++) {
                assertThat(steps[b]).as(one.name()).isCloseTo(expected[b], within(1e-5 * length));
            }
        }
    }

    /** Prototypes, windows and W are floats: differences of about 1 have errors of 1e-7, noise deviates by 1e-2 or more. */
    @Test
    void allEnginesFindTheLeastLossOfAllPrototypes(RandomGenerator random) {
        double worst = 0;
        try (Engine blas = new OpenBlasEngine();
                Engine nd4j = Nd4jEngine.onDevice(0);
                Engine reference = new ReferenceEngine()) {
            for (Case one : cases(random)) {
                double[] least = leastLosses(one);
                for (Engine engine : List.of(reference, blas, nd4j)) {
                    worst = Math.max(worst, relativeError(one, least, engine));
                }
            }
        }
        System.out.println("largest relative error of the engines: " + worst);
        assertThat(worst).isLessThan(1e-4);
    }

    private static double[] leastLosses(Case one) {
        double[] least = new double[WINDOWS];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        for (int j = 0; j < PROTOTYPES; j++) {
            double[][] tangents = one.tangents(j);
            for (int i = 0; i < WINDOWS; i++) {
                double[] difference = one.difference(i, j);
                least[i] = Math.min(least[i], one.loss(difference, tangents, one.best(difference, tangents)));
            }
        }
        return least;
    }

    private static double relativeError(Case one, double[] least, Engine engine) {
        double worst = 0;
        try (SymmetryDistances distances = new SymmetryDistances(one.model(), engine, WINDOWS)) {
            distances.run(one.windows(), WINDOWS);
            for (int i = 0; i < WINDOWS; i++) {
                worst = Math.max(worst, Math.abs(distances.error(i) / least[i] - 1));
            }
        }
        return worst;
    }
}
