package dev.noether.model.numeric;

import static dev.noether.model.numeric.TextbookMatrices.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class MatricesTest extends RandomizedTest {

    @Test
    void productsOfRectanglesAreThoseOfTheTextbook() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 100; trial++) {
            int inner = random.nextInt(1, 12);
            double[][] left = TextbookMatrices.random(random, random.nextInt(1, 12), inner);
            double[][] right = TextbookMatrices.random(random, inner, random.nextInt(1, 12));
            double[] vector = TextbookMatrices.random(random, inner);
            assertClose(Matrices.product(left, right), TextbookMatrices.product(left, right), 1e-12);
            assertThat(Matrices.product(left, vector))
                    .containsExactly(TextbookMatrices.product(left, vector), within(1e-12));
        }
    }

    @Test
    void theTransposeOfAProductIsTheProductOfTheTransposes() {
        RandomGenerator random = random();
        double[][] left = TextbookMatrices.random(random, 3, 5);
        double[][] right = TextbookMatrices.random(random, 5, 2);
        assertClose(
                Matrices.transpose(Matrices.product(left, right)),
                Matrices.product(Matrices.transpose(right), Matrices.transpose(left)),
                1e-12);
        assertThat(Matrices.transpose(Matrices.transpose(left))).isDeepEqualTo(left);
    }

    @Test
    void theInverseTimesTheMatrixIsTheIdentity() {
        RandomGenerator random = random();
        for (int size = 1; size <= 20; size++) {
            double[][] matrix = TextbookMatrices.randomPositiveDefinite(random, size, 0.5);
            double[][] before = Matrices.copy(matrix);
            double[][] inverse = Matrices.inverse(matrix);
            assertThat(matrix).as("the matrix is not changed").isDeepEqualTo(before);
            assertClose(TextbookMatrices.product(inverse, matrix), TextbookMatrices.identity(size), 1e-9);
            assertClose(inverse, TextbookMatrices.transpose(inverse), 1e-10);
        }
    }

    @Test
    void theNormIsNotChangedByRotations() {
        RandomGenerator random = random();
        assertThat(Matrices.frobeniusNorm(new double[][] {{3, 0}, {0, -4}})).isEqualTo(5);
        double[][] matrix = TextbookMatrices.random(random, 6, 6);
        double angle = random.nextDouble(Math.PI);
        double[][] rotation = TextbookMatrices.identity(6);
        rotation[1][1] = Math.cos(angle);
        rotation[4][4] = Math.cos(angle);
        rotation[1][4] = -Math.sin(angle);
        rotation[4][1] = Math.sin(angle);
        assertThat(Matrices.frobeniusNorm(Matrices.product(rotation, matrix)))
                .isCloseTo(Matrices.frobeniusNorm(matrix), within(1e-12));
    }

    @Test
    void dividesInPlaceAndCopiesDeeply() {
        double[][] matrix = {{2, 4}, {-6, 0}};
        double[][] copy = Matrices.copy(matrix);
        assertThat(Matrices.divide(matrix, 2)).isSameAs(matrix).isDeepEqualTo(new double[][] {{1, 2}, {-3, 0}});
        assertThat(copy).isDeepEqualTo(new double[][] {{2, 4}, {-6, 0}});
    }

    @Test
    void theInnerProductCoversEveryLengthAndStart() {
        RandomGenerator random = random();
        for (int length = 0; length <= 13; length++) {
            double[] left = TextbookMatrices.random(random, length);
            double[] right = TextbookMatrices.random(random, length);
            for (int first = 0; first <= length; first++) {
                double expected = 0;
                for (int index = first; index < length; index++) {
                    expected += left[index] * right[index];
                }
                assertThat(Vectors.dot(left, right, first))
                        .as("elements %d to %d", first, length)
                        .isCloseTo(expected, within(1e-13));
            }
            assertThat(Vectors.dot(left, right)).isEqualTo(Vectors.dot(left, right, 0));
            assertThat(Vectors.dot(left, right)).isEqualTo(Vectors.dot(right, left));
        }
    }

    @Test
    void addsAMultipleToTheTargetOnly() {
        double[] target = {1, 2, 3};
        double[] vector = {10, -20, 0.5};
        Vectors.addMultiple(target, -2, vector);
        assertThat(target).containsExactly(-19, 42, 2);
        assertThat(vector).containsExactly(10, -20, 0.5);
        Vectors.addMultiple(vector, 1, vector);
        assertThat(vector).containsExactly(20, -40, 1);
    }
}
