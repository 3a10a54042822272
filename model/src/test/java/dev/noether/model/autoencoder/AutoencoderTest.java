package dev.noether.model.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class AutoencoderTest {
    private static final AutoencoderShape SHAPE = new AutoencoderShape(3, List.of(2), 1, List.of(2));

    @Test
    void parametersAreCopiedInAndOut() {
        float[] parameters = counting(SHAPE.parameterCount());
        Autoencoder network = new Autoencoder(SHAPE, parameters);
        parameters[0] = -1;
        network.parameters()[1] = -1;
        network.weights(0)[2] = -1;
        assertThat(network.parameters()).containsExactly(counting(SHAPE.parameterCount()));
    }

    @Test
    void returnsTheArraysOfALayer() {
        Autoencoder network = new Autoencoder(SHAPE, counting(SHAPE.parameterCount()));
        assertThat(network.weights(0)).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(network.biases(0)).containsExactly(6, 7);
        assertThat(network.weights(1)).containsExactly(8, 9);
        assertThat(network.biases(1)).containsExactly(10);
        assertThat(network.biases(3)).containsExactly(21, 22, 23);
    }

    @Test
    void equalSeedsLeadToEqualNetworks() {
        Autoencoder network = Autoencoder.initialised(SHAPE, new SplittableRandom(7));
        assertThat(Autoencoder.initialised(SHAPE, new SplittableRandom(7)))
                .isEqualTo(network)
                .hasSameHashCodeAs(network);
        assertThat(Autoencoder.initialised(SHAPE, new SplittableRandom(8))).isNotEqualTo(network);
    }

    @Test
    void initialWeightsHaveTheVarianceForTheirActivation() {
        AutoencoderShape shape = new AutoencoderShape(200, List.of(100), 50, List.of(100));
        Autoencoder network = Autoencoder.initialised(shape, new SplittableRandom(7));
        double[] expected = {2 / 200.0, 1 / 100.0, 2 / 50.0, 1 / 100.0};
        for (int layer = 0; layer < 4; layer++) {
            double squares = 0;
            for (float weight : network.weights(layer)) {
                squares += (double) weight * weight;
            }
            // A sample of 5,000 or more: its variance is within 2 % of the truth, give or take; 10 % is five
            // deviations.
            assertThat(squares / shape.weightCount(layer)).isCloseTo(expected[layer], within(0.1 * expected[layer]));
            assertThat(network.biases(layer)).containsOnly(0);
        }
    }

    @Test
    void detectsParametersThatAreNotFinite() {
        float[] parameters = counting(SHAPE.parameterCount());
        assertThat(new Autoencoder(SHAPE, parameters).allFinite()).isTrue();
        parameters[23] = Float.NaN;
        assertThat(new Autoencoder(SHAPE, parameters).allFinite()).isFalse();
        parameters[23] = Float.NEGATIVE_INFINITY;
        assertThat(new Autoencoder(SHAPE, parameters).allFinite()).isFalse();
    }

    @Test
    void refusesAWrongNumberOfParameters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Autoencoder(SHAPE, new float[23]))
                .withMessage("`parameters` must hold 24 values for the shape 3-2-1-2-3 (got 23)");
    }

    @Test
    void layersContainTheBase() {
        LinearBase base = new LinearBase(new float[] {1, 2, 3}, new float[] {1, 0, 0}, new float[] {4}, 0.5f);
        Autoencoder network = new Autoencoder(SHAPE, counting(SHAPE.parameterCount()), base);
        List<AffineLayer> layers = network.layers();
        assertThat(layers).hasSize(4);
        assertThat(layers.get(0).shortcut()).isEmpty();
        assertThat(layers.get(2).shortcut()).isEmpty();
        AffineLayer code = layers.get(1);
        assertThat(code.weights()).containsExactly(8, 9);
        assertThat(code.biases()).containsExactly(10 - 0.25f);
        assertThat(code.shortcut()).hasValueSatisfying(shortcut -> {
            assertThat(shortcut.source()).isZero();
            assertThat(shortcut.inputWidth()).isEqualTo(3);
            assertThat(shortcut.weights()).containsExactly(0.25f, 0, 0);
        });
        AffineLayer last = layers.get(3);
        assertThat(last.weights()).containsExactly(7.5f, 8, 8.5f, 9, 9.5f, 10);
        assertThat(last.biases()).containsExactly(10.5f + 1, 11 + 2, 11.5f + 3);
        assertThat(last.shortcut()).hasValueSatisfying(shortcut -> {
            assertThat(shortcut.source()).isEqualTo(2);
            assertThat(shortcut.weights()).containsExactly(4, 0, 0);
        });
    }

    @Test
    void shrinksTheResidualAndNothingElse() {
        LinearBase base = new LinearBase(new float[] {1, 2, 3}, new float[] {1, 0, 0}, new float[] {4}, 0.5f);
        Autoencoder network = new Autoencoder(SHAPE, counting(SHAPE.parameterCount()), base);
        Autoencoder half = network.shrunk(0.5);
        assertThat(half.weights(0)).containsExactly(network.weights(0));
        assertThat(half.weights(1)).containsExactly(4, 4.5f);
        assertThat(half.biases(1)).containsExactly(5);
        assertThat(half.weights(2)).containsExactly(network.weights(2));
        assertThat(half.biases(2)).containsExactly(network.biases(2));
        assertThat(half.weights(3)).containsExactly(7.5f, 8, 8.5f, 9, 9.5f, 10);
        assertThat(half.biases(3)).containsExactly(10.5f, 11, 11.5f);
        assertThat(half.base()).isEqualTo(network.base());
        assertThat(network.shrunk(1)).isEqualTo(network);
        assertThat(network.shrunk(0)).isEqualTo(network.baseAlone());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.shrunk(1.5))
                .withMessage("`share` must be in [0, 1] (got 1.5)");
    }

    @Test
    void theBaseTakesPartInEquality() {
        LinearBase base = new LinearBase(new float[3], new float[3], new float[] {4}, 0.5f);
        LinearBase other = new LinearBase(new float[3], new float[3], new float[] {4}, 0.25f);
        float[] parameters = counting(SHAPE.parameterCount());
        assertThat(new Autoencoder(SHAPE, parameters, base))
                .isEqualTo(new Autoencoder(SHAPE, parameters, base))
                .isNotEqualTo(new Autoencoder(SHAPE, parameters, other))
                .isNotEqualTo(new Autoencoder(SHAPE, parameters))
                .hasToString("Autoencoder[3-2-1-2-3, 24 parameters on a linear base]");
    }

    @Test
    void refusesABaseThatDoesNotFit() {
        LinearBase base = new LinearBase(new float[4], new float[4], new float[] {4}, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Autoencoder(SHAPE, new float[24], base))
                .withMessage("`base` must have 1 components of 3 values for the shape 3-2-1-2-3 (got 1 of 4)");
        LinearBase fitting = new LinearBase(new float[3], new float[3], new float[] {4}, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Autoencoder(SHAPE.withCodeActivation(Activation.RELU), new float[24], fitting))
                .withMessage("the code of a network with a linear base must be linear (got RELU)");
    }

    private static float[] counting(int length) {
        float[] values = new float[length];
        for (int index = 0; index < length; index++) {
            values[index] = index;
        }
        return values;
    }
}
