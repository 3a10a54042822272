package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.autoencoder.Activation;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.symmetry.LowRankGenerators;
import dev.noether.model.symmetry.PenaltyOptions;
import dev.noether.model.symmetry.TextbookPenalty;
import dev.noether.model.testing.NumericalGradient;
import dev.noether.model.testing.RandomizedTest;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The hand-written gradients against central differences of an independent loss in double precision. */
final class GradientTest extends RandomizedTest {
    /** No unit may be so near to its kink that single precision or a difference step could carry it across. */
    private static final double KINK_MARGIN = 1e-4;

    private final Engine engine = new OpenBlasEngine();

    @Test
    void reconstructionGradientMatchesCentralDifferences() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 15; ) {
            Autoencoder network = randomNetwork(random);
            AutoencoderShape shape = network.shape();
            int rows = random.nextInt(1, 6);
            float[] batch = normals(random, rows * shape.inputWidth());
            DoubleNetwork twin = new DoubleNetwork(shape);
            double expectedLoss = meanSquaredError(twin, shape, doubles(network.parameters()), batch, rows);
            if (twin.smallestPreactivation() < KINK_MARGIN) {
                continue;
            }
            trial++;

            Backpropagation backpropagation = new Backpropagation(engine, shape, 0, rows + 2);
            LayerArrays gradient = new LayerArrays(shape);
            LayerArrays parameters = new LayerArrays(network);
            float[] output = backpropagation.forward(parameters, batch, rows);
            double loss = new MeanSquaredError(shape.inputWidth())
                    .differentiate(output, batch, rows, backpropagation.outputGradient());
            backpropagation.backward(parameters, rows, gradient, false);

            assertThat(loss).isCloseTo(expectedLoss, within(1e-5 * expectedLoss));
            double[] expected = NumericalGradient.of(
                    point -> meanSquaredError(twin, shape, point, batch, rows), doubles(network.parameters()));
            assertLayers(gradient, shape, expected);
        }
    }

    @Test
    void penaltyGradientMatchesCentralDifferences() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 15; ) {
            Autoencoder network = randomNetwork(random);
            AutoencoderShape shape = network.shape();
            PenaltyOptions options = new PenaltyOptions(
                    random.nextDouble(0.1, 10),
                    random.nextInt(1, 3),
                    0.3,
                    Math.pow(10, random.nextDouble(-1.5, 0)),
                    random.nextInt(1, 6));
            SymmetryStep step = new SymmetryStep(engine, shape, options, random);
            LowRankGenerators generators = step.generators();
            float[] latentPairs = normals(random, 2 * options.samples() * shape.codeSize());
            TextbookPenalty textbook =
                    new TextbookPenalty(shape.inputWidth(), shape.codeSize(), options.rank(), options.samples());
            DoubleNetwork twin = new DoubleNetwork(shape);
            double[] left = doubles(generators.left());
            double[] right = doubles(generators.right());
            double[] start = doubles(network.parameters());
            double[] points = decode(twin, shape, start, latentPairs);
            if (twin.smallestPreactivation() < KINK_MARGIN || nearlyEqual(points)) {
                continue;
            }
            trial++;

            LayerArrays gradient = new LayerArrays(shape);
            double value = step.differentiate(new LayerArrays(network), latentPairs, gradient);

            double[] ridges = textbook.ridges(left, right, points, options.ridge());
            double expectedValue = textbook.value(left, right, points, ridges);
            assertThat(value).isCloseTo(expectedValue, within(1e-5 * expectedValue));
            double[] all = concatenated(start, left, right);
            double[] expected = NumericalGradient.of(
                    point -> options.weight()
                            * textbook.value(
                                    Arrays.copyOfRange(point, start.length, start.length + left.length),
                                    Arrays.copyOfRange(point, start.length + left.length, point.length),
                                    decode(twin, shape, point, latentPairs),
                                    ridges),
                    all);
            assertLayers(gradient, shape, expected);
            NumericalGradient.assertBlock("U", step.leftGradient(), expected, start.length);
            NumericalGradient.assertBlock("V", step.rightGradient(), expected, start.length + left.length);
        }
    }

    @Test
    void thePenaltyAddsToTheGradientThatIsThere() {
        RandomGenerator random = random();
        Autoencoder network = randomNetwork(random);
        AutoencoderShape shape = network.shape();
        SymmetryStep step = new SymmetryStep(engine, shape, PenaltyOptions.weighted(1), random);
        float[] latentPairs = normals(random, 32 * shape.codeSize());
        LayerArrays parameters = new LayerArrays(network);
        LayerArrays alone = new LayerArrays(shape);
        step.differentiate(parameters, latentPairs, alone);
        LayerArrays added = new LayerArrays(shape);
        int last = shape.layerCount() - 1;
        Arrays.fill(added.weights(last), 1);
        Arrays.fill(added.biases(last), 2);
        Arrays.fill(added.weights(0), 3);
        step.differentiate(parameters, latentPairs, added);
        for (int index = 0; index < shape.weightCount(last); index++) {
            assertThat(added.weights(last)[index]).isCloseTo(1 + alone.weights(last)[index], within(1e-5f));
        }
        for (int index = 0; index < shape.inputWidth(); index++) {
            assertThat(added.biases(last)[index]).isCloseTo(2 + alone.biases(last)[index], within(1e-5f));
        }
        // The encoder has no part in the penalty.
        assertThat(added.weights(0)).containsOnly(3);
    }

    private static Autoencoder randomNetwork(RandomGenerator random) {
        int codeSize = random.nextInt(1, 4);
        int width = random.nextInt(2 * codeSize + 1, 10);
        AutoencoderShape shape = new AutoencoderShape(
                width,
                randomWidths(random),
                codeSize,
                randomWidths(random),
                random.nextBoolean() ? Activation.RELU : Activation.LINEAR);
        float[] parameters = Autoencoder.initialised(shape, random).parameters();
        for (int layer = 0; layer < shape.layerCount(); layer++) {
            for (int unit = 0; unit < shape.layerWidth(layer); unit++) {
                parameters[shape.biasOffset(layer) + unit] = (float) (0.3 * random.nextGaussian());
            }
        }
        return new Autoencoder(shape, parameters);
    }

    private static List<Integer> randomWidths(RandomGenerator random) {
        return random.ints(random.nextInt(4), 3, 9).boxed().toList();
    }

    private static double meanSquaredError(
            DoubleNetwork network, AutoencoderShape shape, double[] parameters, float[] batch, int rows) {
        int width = shape.inputWidth();
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            double[] input = doubles(Arrays.copyOfRange(batch, row * width, (row + 1) * width));
            double[] output = network.run(parameters, input, 0);
            for (int column = 0; column < width; column++) {
                sum += Math.pow(output[column] - input[column], 2);
            }
        }
        return sum / (rows * width);
    }

    private static double[] decode(
            DoubleNetwork network, AutoencoderShape shape, double[] parameters, float[] latents) {
        int size = shape.codeSize();
        int width = shape.inputWidth();
        double[] points = new double[latents.length / size * width];
        for (int row = 0; row < latents.length / size; row++) {
            double[] latent = doubles(Arrays.copyOfRange(latents, row * size, (row + 1) * size));
            System.arraycopy(network.run(parameters, latent, shape.codeLayer() + 1), 0, points, row * width, width);
        }
        return points;
    }

    /** Whether the points differ so little from their neighbours (most units are off) that rounding shows in the rest. */
    private static boolean nearlyEqual(double[] points) {
        double differences = 0;
        double sizes = 0;
        for (int index = 0; index < points.length / 2; index++) {
            differences += Math.pow(points[index] - points[points.length / 2 + index], 2);
            sizes += Math.pow(points[index], 2);
        }
        return differences < 0.1 * sizes;
    }

    private static void assertLayers(LayerArrays gradient, AutoencoderShape shape, double[] expected) {
        for (int layer = 0; layer < shape.layerCount(); layer++) {
            NumericalGradient.assertBlock(
                    shape + ", weights of layer " + layer,
                    gradient.weights(layer),
                    expected,
                    shape.weightOffset(layer));
            NumericalGradient.assertBlock(
                    shape + ", biases of layer " + layer, gradient.biases(layer), expected, shape.biasOffset(layer));
        }
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(index -> values[index])
                .toArray();
    }

    private static double[] concatenated(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
    }
}
