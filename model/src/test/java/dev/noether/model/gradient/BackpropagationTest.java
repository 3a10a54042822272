package dev.noether.model.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.Reconstruction;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.testing.NumericalGradient;
import dev.noether.model.testing.RandomNetworks;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Compares the gradient with central differences of an independent loss in double precision. */
final class BackpropagationTest extends RandomizedTest {
    /** Least distance of every unit from its kink, so that neither rounding nor a difference step crosses the kink. */
    private static final double KINK_MARGIN = 1e-4;

    private final Engine engine = new ReferenceEngine();

    @Test
    void gradientMatchesCentralDifferences() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 15; ) {
            Autoencoder network = RandomNetworks.small(random);
            AutoencoderShape shape = network.shape();
            int rows = random.nextInt(1, 6);
            float[] batch = normals(random, rows * shape.inputWidth());
            DoubleNetwork twin = new DoubleNetwork(network);
            double expectedLoss = meanSquaredError(twin, shape, doubles(network.parameters()), batch, rows);
            if (twin.smallestPreactivation() < KINK_MARGIN) {
                continue;
            }
            trial++;

            Backpropagation backpropagation = backpropagation(network, rows + 2);
            LayerArrays gradient = new LayerArrays(shape);
            LayerArrays parameters = new LayerArrays(network);
            float[] output = backpropagation.forward(parameters, batch, rows);
            double loss = new MeanSquaredError(shape.inputWidth())
                    .differentiate(output, batch, rows, backpropagation.outputGradient());
            backpropagation.backward(parameters, rows, gradient, false);

            assertThat(loss).isCloseTo(expectedLoss, within(1e-6 * expectedLoss));
            double[] expected = NumericalGradient.of(
                    point -> meanSquaredError(twin, shape, point, batch, rows), doubles(network.parameters()));
            NumericalGradient.assertClose(shape + " reconstruction", NumericalGradient.flat(gradient, shape), expected);
        }
    }

    @Test
    void replacesTheGradientOrAddsToIt() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 10; trial++) {
            Autoencoder network = RandomNetworks.small(random);
            AutoencoderShape shape = network.shape();
            int rows = random.nextInt(1, 6);
            float[] batch = normals(random, rows * shape.inputWidth());
            LayerArrays parameters = new LayerArrays(network);
            LayerArrays gradient = new LayerArrays(shape);
            for (int layer = 0; layer < shape.layerCount(); layer++) {
                Arrays.fill(gradient.weights(layer), Float.NaN);
                Arrays.fill(gradient.biases(layer), Float.NaN);
            }
            Backpropagation backpropagation = backpropagation(network, rows);
            differentiate(backpropagation, parameters, batch, rows, gradient, false);
            double[] once = NumericalGradient.flat(gradient, shape);
            assertThat(Arrays.stream(once).allMatch(Double::isFinite)).isTrue();
            differentiate(backpropagation, parameters, batch, rows, gradient, true);
            double[] twice = Arrays.stream(once).map(value -> 2 * value).toArray();
            assertThat(NumericalGradient.flat(gradient, shape)).containsExactly(twice, within(1e-5));
        }
    }

    private static void differentiate(
            Backpropagation backpropagation,
            LayerArrays parameters,
            float[] batch,
            int rows,
            LayerArrays gradient,
            boolean add) {
        float[] output = backpropagation.forward(parameters, batch, rows);
        // The gradient of half the sum of squares.
        System.arraycopy(output, 0, backpropagation.outputGradient(), 0, output.length);
        backpropagation.backward(parameters, rows, gradient, add);
    }

    @Test
    void computesTheSameAsTheEngines() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 20; trial++) {
            Autoencoder network = RandomNetworks.small(random);
            int width = network.shape().inputWidth();
            float[] batch = normals(random, 3 * width);
            float[] expected = new float[3 * width];
            try (Reconstruction reconstruction = engine.reconstruction(network, 3)) {
                reconstruction.run(batch, 3, expected);
            }
            float[] actual = backpropagation(network, 3).forward(new LayerArrays(network), batch, 3);
            assertThat(actual).containsExactly(expected, within(1e-4f));
        }
    }

    @Test
    void rowsOfTheDecoderAloneAddTheirGradient() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 20; trial++) {
            Autoencoder network = RandomNetworks.small(random);
            AutoencoderShape shape = network.shape();
            LayerArrays parameters = new LayerArrays(network);
            int rows = random.nextInt(1, 4);
            int latentRows = random.nextInt(1, 4);
            float[] batch = normals(random, rows * shape.inputWidth());
            float[] latents = normals(random, latentRows * shape.codeSize());
            float[] slopes = normals(random, (rows + latentRows) * shape.inputWidth());

            LayerArrays expected = new LayerArrays(shape);
            Backpropagation whole = backpropagation(network, rows);
            float[] output = whole.forward(parameters, batch, rows).clone();
            System.arraycopy(slopes, 0, whole.outputGradient(), 0, rows * shape.inputWidth());
            whole.backward(parameters, rows, expected, false);
            Backpropagation decoder =
                    new Backpropagation(engine, shape, network.base().orElse(null), shape.codeLayer() + 1, latentRows);
            decoder.forward(parameters, latents, latentRows);
            System.arraycopy(
                    slopes, rows * shape.inputWidth(), decoder.outputGradient(), 0, latentRows * shape.inputWidth());
            decoder.backward(parameters, latentRows, expected, true);

            LayerArrays together = new LayerArrays(shape);
            Backpropagation both =
                    new Backpropagation(engine, shape, network.base().orElse(null), 0, rows + 1, latentRows);
            float[] codes = both.forward(parameters, batch, rows, shape.codeLayer());
            System.arraycopy(latents, 0, codes, rows * shape.codeSize(), latents.length);
            float[] outputs = both.decode(parameters, rows + latentRows);
            System.arraycopy(slopes, 0, both.outputGradient(), 0, slopes.length);
            both.backward(parameters, rows, latentRows, together, false);

            assertThat(Arrays.copyOf(outputs, output.length)).containsExactly(output, within(1e-5f));
            assertThat(NumericalGradient.flat(together, shape))
                    .containsExactly(NumericalGradient.flat(expected, shape), within(1e-4));
        }
    }

    @Test
    void layerArraysKeepTheLinearBase() {
        Autoencoder network = RandomNetworks.small(random());
        assertThat(new LayerArrays(network).toAutoencoder()).isEqualTo(network);
    }

    @Test
    void firstLayerIsThatOfTheRowOrThatAfterTheCode() {
        Autoencoder network = RandomNetworks.small(random());
        int codeLayer = network.shape().codeLayer();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backpropagation(engine, network.shape(), null, codeLayer + 2, 1))
                .withMessage(
                        "`firstLayer` must be 0 or that after the code, %d (got %d)", codeLayer + 1, codeLayer + 2);
    }

    private Backpropagation backpropagation(Autoencoder network, int capacity) {
        return new Backpropagation(engine, network.shape(), network.base().orElse(null), 0, capacity);
    }

    private static double meanSquaredError(
            DoubleNetwork network, AutoencoderShape shape, double[] parameters, float[] batch, int rows) {
        int width = shape.inputWidth();
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            double[] input = doubles(Arrays.copyOfRange(batch, row * width, (row + 1) * width));
            double[] output = network.reconstruct(parameters, input);
            for (int column = 0; column < width; column++) {
                sum += Math.pow(output[column] - input[column], 2);
            }
        }
        return sum / (rows * width);
    }
}
