package dev.noether.model.symmetry.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.numeric.TextbookMatrices;
import dev.noether.model.series.SeriesSet;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** {@link PairsOnOrbit}, {@link RotationFit} and {@link SkewSymmetricRegression} on rows whose rotation is known. */
final class PairsOnOrbitTest extends RandomizedTest {
    /** The rotation of the plane with Frobenius norm 1: a step of √2 turns by one radian. */
    private static final double[][] PLANE = {{0, -Math.sqrt(0.5)}, {Math.sqrt(0.5), 0}};

    @Test
    void findsTheStepBetweenTwoPointsOfACircle() {
        for (double angle : new double[] {0.01, 0.5, 1.5, 3, -2}) {
            PairsOnOrbit pairs = pair(2, 0, 2 * Math.cos(angle), 2 * Math.sin(angle));
            pairs.findSteps(PLANE);
            assertThat(pairs.steps()[0]).as("angle %s", angle).isCloseTo(Math.sqrt(2) * angle, within(1e-5));
            assertThat(pairs.misfits()[0]).isCloseTo(0, within(1e-9));
            // Both ends meet at half the angle.
            assertThat(pairs.midpoint(0))
                    .containsExactly(new double[] {2 * Math.cos(angle / 2), 2 * Math.sin(angle / 2)}, within(1e-5));
        }
    }

    @Test
    void theMisfitIsTheDistanceOfTwoCircles() {
        PairsOnOrbit pairs = pair(3, 0, 0, 5);
        assertThat(pairs.meanSquare()).isCloseTo(34, within(1e-9));
        RotationQuality quality = pairs.quality(PLANE);
        assertThat(pairs.misfits()[0]).isCloseTo(4, within(1e-6));
        assertThat(Math.abs(quality.spread())).isCloseTo(Math.PI / Math.sqrt(2), within(1e-5));
        assertThat(quality.explained()).isCloseTo(1 - 4 / 34.0, within(1e-6));
        assertThat(quality.meanLogarithm()).isCloseTo(Math.log(4 + 1e-4 * 34), within(1e-6));
    }

    @Test
    void halfATurnIsTheLongestStep() {
        assertThat(PairsOnOrbit.halfTurn(PLANE)).isCloseTo(Math.PI * Math.sqrt(2), within(1e-9));
        double[][] twoSpeeds = {{0, -3, 0, 0}, {3, 0, 0, 0}, {0, 0, 0, -1}, {0, 0, 1, 0}};
        assertThat(PairsOnOrbit.halfTurn(twoSpeeds)).isCloseTo(Math.PI / 3, within(1e-9));
        PairsOnOrbit pairs = pair(1, 0, 0, 1);
        pairs.moveToMiddle(PLANE);
        for (int round = 0; round < 20; round++) {
            pairs.improveSteps(PLANE, 0.25);
        }
        assertThat(pairs.steps()).containsExactly(0.25);
    }

    @Test
    void movedEndsAreRotatedByHalfTheStepEach() {
        RandomGenerator random = random();
        PairsOnOrbit pairs = pair(1, 2, -3, 0.5);
        pairs.moveToMiddle(PLANE);
        double[] difference = pairs.difference(0).clone();
        assertThat(difference).containsExactly(new double[] {-4, -1.5}, within(1e-6));
        pairs.improveSteps(PLANE, Double.POSITIVE_INFINITY);
        double step = pairs.steps()[0];
        pairs.moveToMiddle(PLANE);
        double half = step / 2 * Math.sqrt(0.5);
        double[] start = turned(half, 1, 2);
        double[] end = turned(-half, -3, 0.5);
        assertThat(pairs.difference(0))
                .containsExactly(new double[] {end[0] - start[0], end[1] - start[1]}, within(1e-6));
        double factor = random.nextDouble(0.5, 2);
        pairs.scaleSteps(factor);
        assertThat(pairs.steps()[0]).isCloseTo(factor * step, within(1e-12));
        pairs.clearSteps();
        pairs.moveToMiddle(PLANE);
        assertThat(pairs.difference(0)).containsExactly(difference);
    }

    @Test
    void usesTwoHundredEvenlySpacedPairsAtMost() {
        SeriesSet rows = SeriesSet.of(normals(random(), 600 * 2), 600, 2);
        NeighbourPairs neighbours = NeighbourPairs.of(rows, 3);
        PairsOnOrbit pairs = PairsOnOrbit.of(neighbours, TextbookMatrices.identity(2));
        assertThat(pairs.count()).isEqualTo(PairsOnOrbit.MOST_PAIRS);
        double[] difference = new double[2];
        double[] midpoint = new double[2];
        for (int pair : new int[] {0, 77, 199}) {
            neighbours.copyPair((int) ((long) pair * neighbours.count() / 200), difference, midpoint);
            assertThat(pairs.difference(pair)).containsExactly(difference, within(1e-12));
            assertThat(pairs.midpoint(pair)).containsExactly(midpoint, within(1e-12));
        }
    }

    @Test
    void theFitFindsTheRotationOfACircleFromAnyStart() {
        int count = 40;
        float[] values = new float[2 * count];
        for (int index = 0; index < count; index++) {
            values[2 * index] = (float) Math.cos(2 * Math.PI * index / count);
            values[2 * index + 1] = (float) Math.sin(2 * Math.PI * index / count);
        }
        NeighbourPairs neighbours = NeighbourPairs.of(SeriesSet.of(values, count, 2), 2);
        PairsOnOrbit pairs = PairsOnOrbit.of(neighbours, TextbookMatrices.identity(2));
        RotationFit fit = new RotationFit(pairs);
        double[][] reversed = {{0, Math.sqrt(0.5)}, {-Math.sqrt(0.5), 0}};
        for (double[][] start : new double[][][] {PLANE, reversed}) {
            double[][] tangent = fit.fitTangents(start);
            double[][] generator = fit.fitOrbit(tangent, 5);
            assertThat(Math.abs(generator[0][1])).isCloseTo(Math.sqrt(0.5), within(1e-9));
            assertThat(generator[1][0]).isCloseTo(-generator[0][1], within(1e-12));
            for (double step : pairs.steps()) {
                assertThat(Math.abs(step)).isCloseTo(Math.sqrt(2) * 2 * Math.PI / count, within(1e-4));
            }
        }
    }

    @Test
    void theRegressionSolvesItsNormalEquations() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 40; trial++) {
            int size = random.nextInt(2, 8);
            SkewSymmetricRegression regression = new SkewSymmetricRegression(size);
            double[][] squares = new double[size][size];
            double[][] products = new double[size][size];
            for (int observation = 0; observation < 3 * size; observation++) {
                double[] target = TextbookMatrices.random(random, size);
                double[] point = TextbookMatrices.random(random, size);
                double step = random.nextGaussian();
                double weight = random.nextDouble();
                regression.add(target, point, step, weight);
                for (int row = 0; row < size; row++) {
                    for (int column = 0; column < size; column++) {
                        squares[row][column] += weight * step * step * point[row] * point[column];
                        products[row][column] += weight * step * target[row] * point[column];
                    }
                }
            }
            double[][] solution = regression.solve();
            TextbookMatrices.assertClose(
                    TextbookMatrices.transpose(solution),
                    TextbookMatrices.sum(new double[size][size], -1, solution),
                    1e-9);
            // The derivative of Σ w ‖D − ε G m‖² + μ ‖G‖² within the skew-symmetric matrices is 0.
            double ridge = 1e-3 * largestEigenvalue(squares);
            double[][] left = TextbookMatrices.sum(
                    TextbookMatrices.product(solution, squares), 1, TextbookMatrices.product(squares, solution));
            TextbookMatrices.assertClose(
                    TextbookMatrices.sum(left, 2 * ridge, solution),
                    TextbookMatrices.sum(products, -1, TextbookMatrices.transpose(products)),
                    1e-8 * (1 + ridge));
        }
    }

    @Test
    void theRegressionRecoversARotationFromExactDifferences() {
        RandomGenerator random = random();
        double[][] planted = TextbookMatrices.randomSkewSymmetric(random, 5);
        SkewSymmetricRegression regression = new SkewSymmetricRegression(5);
        for (int observation = 0; observation < 500; observation++) {
            double[] point = TextbookMatrices.random(random, 5);
            double step = random.nextGaussian();
            double[] target = TextbookMatrices.product(planted, point);
            for (int index = 0; index < 5; index++) {
                target[index] *= step;
            }
            // A gross error of weight 0 has no influence.
            regression.add(new double[] {1e6, 0, 0, 0, 0}, point, step, 0);
            regression.add(target, point, step, 1);
        }
        TextbookMatrices.assertClose(regression.solve(), planted, 2e-3);
    }

    /** Power iteration. */
    private static double largestEigenvalue(double[][] matrix) {
        double[] vector = new double[matrix.length];
        Arrays.fill(vector, 1);
        double value = 0;
        for (int round = 0; round < 20_000; round++) {
            vector = TextbookMatrices.product(matrix, vector);
            value = TextbookMatrices.norm(vector);
            for (int index = 0; index < vector.length; index++) {
                vector[index] /= value;
            }
        }
        return value;
    }

    private static PairsOnOrbit pair(double x, double y, double otherX, double otherY) {
        float[] values = {(float) x, (float) y, (float) otherX, (float) otherY};
        return PairsOnOrbit.of(NeighbourPairs.of(SeriesSet.of(values, 2, 2), 1), TextbookMatrices.identity(2));
    }

    private static double[] turned(double angle, double x, double y) {
        return new double[] {Math.cos(angle) * x - Math.sin(angle) * y, Math.sin(angle) * x + Math.cos(angle) * y};
    }
}
