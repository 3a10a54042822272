package dev.noether.model.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.testing.RandomNetworks;
import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The small parts of the gradient: the error, the ReLU and the arrays of the layers. */
final class MeanSquaredErrorTest extends RandomizedTest {

    @Test
    void isTheMeanOverRowsAndColumnsForBatchesOfAnyOrder() {
        RandomGenerator random = random();
        MeanSquaredError error = new MeanSquaredError(3);
        // Larger and smaller batches in turn; the arrays of the larger ones are reused.
        for (int rows : new int[] {2, 7, 1, 7, 40, 3}) {
            float[] output = normals(random, rows * 3 + 2);
            float[] target = normals(random, rows * 3 + 2);
            float[] gradient = new float[rows * 3 + 2];
            gradient[rows * 3] = 99;
            double sum = 0;
            for (int index = 0; index < rows * 3; index++) {
                sum += Math.pow((double) output[index] - target[index], 2);
            }
            assertThat(error.differentiate(output, target, rows, gradient))
                    .as("%d rows", rows)
                    .isCloseTo(sum / (rows * 3), within(1e-5 * sum));
            for (int index = 0; index < rows * 3; index++) {
                assertThat((double) gradient[index])
                        .isCloseTo(2.0 * ((double) output[index] - target[index]) / (rows * 3), within(1e-6));
            }
            assertThat(gradient[rows * 3]).isEqualTo(99);
        }
    }

    @Test
    void aPerfectOutputHasNoErrorAndNoGradient() {
        float[] output = normals(random(), 12);
        float[] gradient = normals(random(), 12);
        assertThat(new MeanSquaredError(4).differentiate(output, output.clone(), 3, gradient))
                .isZero();
        assertThat(gradient).containsOnly(0);
    }

    @Test
    void theRectifierKeepsPositiveValuesAndNaN() {
        float[] values = {-1, 0, 2, Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -3};
        Rectifier.rectify(values, 6);
        assertThat(values).containsExactly(0, 0, 2, Float.NaN, 0, Float.POSITIVE_INFINITY, -3);
    }

    @Test
    void theDerivativeOfTheRectifierIsZeroOrOne() {
        float[] activation = {0, Float.MIN_VALUE, 1e-30f, 0.3f, 1, 1e30f, Float.MAX_VALUE, 0};
        float[] delta = {5, 5, -5, 5, 5, 5, 5, 5};
        Rectifier.maskByDerivative(delta, activation, 7);
        assertThat(delta).containsExactly(0, 5, -5, 5, 5, 5, 5, 5);
    }

    @Test
    void theDerivativeAtOffsetsIsThatOfTheWholeArrays() {
        RandomGenerator random = random();
        float[] activation = normals(random, 20);
        Rectifier.rectify(activation, 20);
        float[] delta = normals(random, 20);
        float[] expected = delta.clone();
        Rectifier.maskByDerivative(expected, activation, 20);
        float[] shifted = new float[26];
        System.arraycopy(activation, 0, shifted, 4, 20);
        float[] actual = new float[23];
        System.arraycopy(delta, 0, actual, 3, 20);
        Rectifier.maskByDerivative(actual, 3, shifted, 4, 20);
        for (int index = 0; index < 20; index++) {
            assertThat(actual[3 + index]).isEqualTo(expected[index]);
        }
    }

    @Test
    void theArraysOfTheLayersAreANetworkAgain() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 40; trial++) {
            Autoencoder network = RandomNetworks.small(random);
            LayerArrays arrays = new LayerArrays(network);
            assertThat(arrays.toAutoencoder()).isEqualTo(network);
            int layer = random.nextInt(arrays.layers());
            arrays.weights(layer)[0] += 1;
            arrays.biases(layer)[arrays.biases(layer).length - 1] -= 1;
            Autoencoder changed = arrays.toAutoencoder();
            for (int other = 0; other < arrays.layers(); other++) {
                assertThat(changed.weights(other)).containsExactly(arrays.weights(other));
                assertThat(changed.biases(other)).containsExactly(arrays.biases(other));
            }
            assertThat(changed).isNotEqualTo(network);
            assertThat(changed.base()).isEqualTo(network.base());
        }
    }
}
