package dev.noether.model.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class MatrixExponentialTest extends RandomizedTest {

    @Test
    void equalsTheTaylorSeries() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 200; trial++) {
            int size = random.nextInt(1, 9);
            double[][] matrix = ofNormOne(TextbookMatrices.random(random, size, size));
            double step = random.nextDouble(-4, 4);
            double[] vector = TextbookMatrices.random(random, size);
            double[] before = vector.clone();
            double[] image = MatrixExponential.apply(matrix, step, vector);
            assertThat(image)
                    .as("size %d, step %s", size, step)
                    .containsExactly(taylorSeries(matrix, step, vector), within(1e-11));
            assertThat(vector).as("the vector is not changed").containsExactly(before);
        }
    }

    @Test
    void ofASkewSymmetricMatrixIsARotation() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 100; trial++) {
            int size = random.nextInt(2, 11);
            double[][] matrix = TextbookMatrices.randomSkewSymmetric(random, size);
            double step = random.nextDouble(-30, 30);
            double[][] columns = new double[size][];
            for (int column = 0; column < size; column++) {
                columns[column] = MatrixExponential.apply(matrix, step, TextbookMatrices.identity(size)[column]);
            }
            TextbookMatrices.assertClose(
                    TextbookMatrices.product(columns, TextbookMatrices.transpose(columns)),
                    TextbookMatrices.identity(size),
                    1e-11);
        }
    }

    @Test
    void stepsAddUp() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 100; trial++) {
            int size = random.nextInt(1, 9);
            double[][] matrix = ofNormOne(TextbookMatrices.random(random, size, size));
            double first = random.nextDouble(-2, 2);
            double second = random.nextDouble(-2, 2);
            double[] vector = TextbookMatrices.random(random, size);
            double[] once = MatrixExponential.apply(matrix, first + second, vector);
            double[] inTwo = MatrixExponential.apply(matrix, second, MatrixExponential.apply(matrix, first, vector));
            assertThat(inTwo).containsExactly(once, within(1e-11));
        }
    }

    @Test
    void turnsByTheAngleOfAPlane() {
        double[][] quarter = {{0, -1}, {1, 0}};
        for (double angle : new double[] {0, 1e-9, 0.3, Math.PI / 2, 3, 100, -7.5}) {
            assertThat(MatrixExponential.apply(quarter, angle, new double[] {1, 0}))
                    .containsExactly(new double[] {Math.cos(angle), Math.sin(angle)}, within(1e-12));
        }
    }

    @Test
    void multipliesADiagonalByTheExponentials() {
        double[][] diagonal = {{0.5, 0, 0}, {0, -0.25, 0}, {0, 0, 0}};
        assertThat(MatrixExponential.apply(diagonal, 3, new double[] {2, 4, 8}))
                .containsExactly(new double[] {2 * Math.exp(1.5), 4 * Math.exp(-0.75), 8}, within(1e-12));
    }

    @Test
    void doesNotMoveTheZeroVectorAndKeepsItsPrecisionForSmallOnes() {
        double[][] matrix = TextbookMatrices.randomSkewSymmetric(random(), 4);
        assertThat(MatrixExponential.apply(matrix, 2.5, new double[4])).containsOnly(0);
        double[] vector = TextbookMatrices.random(random(), 4);
        double[] image = MatrixExponential.apply(matrix, 2.5, vector);
        for (double scale : new double[] {1e-100, 1e-10, 1e100}) {
            double[] scaled = new double[4];
            Vectors.addMultiple(scaled, scale, vector);
            double[] scaledImage = MatrixExponential.apply(matrix, 2.5, scaled);
            for (int index = 0; index < 4; index++) {
                assertThat(scaledImage[index] / scale).isCloseTo(image[index], within(1e-12));
            }
        }
    }

    /** The power series of the whole step, summed to its end. */
    private static double[] taylorSeries(double[][] matrix, double step, double[] vector) {
        double[] sum = vector.clone();
        double[] term = vector.clone();
        for (int power = 1; power <= 80; power++) {
            term = TextbookMatrices.product(matrix, term);
            for (int index = 0; index < term.length; index++) {
                term[index] *= step / power;
                sum[index] += term[index];
            }
        }
        return sum;
    }

    private static double[][] ofNormOne(double[][] matrix) {
        double norm = TextbookMatrices.norm(TextbookMatrices.flat(matrix));
        return TextbookMatrices.sum(new double[matrix.length][matrix.length], 1 / norm, matrix);
    }
}
