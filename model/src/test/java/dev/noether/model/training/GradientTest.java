package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.gradient.DoubleNetwork;
import dev.noether.model.gradient.LayerArrays;
import dev.noether.model.symmetry.LowRankGenerators;
import dev.noether.model.symmetry.PenaltyOptions;
import dev.noether.model.symmetry.TextbookPenalty;
import dev.noether.model.testing.NumericalGradient;
import dev.noether.model.testing.RandomNetworks;
import dev.noether.model.testing.RandomizedTest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The hand-written gradients against central differences of an independent loss in double precision. */
final class GradientTest extends RandomizedTest {
    /** No unit may be so near to its kink that single precision or a difference step could carry it across. */
    private static final double KINK_MARGIN = 1e-4;

    private final Engine engine = new OpenBlasEngine();

    @Test
    void penaltyGradientMatchesCentralDifferences() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 15; ) {
            Autoencoder network = RandomNetworks.small(random);
            AutoencoderShape shape = network.shape();
            PenaltyOptions options = new PenaltyOptions(
                    random.nextDouble(0.1, 10),
                    random.nextInt(1, 3),
                    0.3,
                    Math.pow(10, random.nextDouble(-1.5, 0)),
                    random.nextInt(1, 6));
            SymmetryStep step = new SymmetryStep(engine, network, options, random);
            LowRankGenerators generators = step.generators();
            float[] latentPairs = normals(random, 2 * options.samples() * shape.codeSize());
            TextbookPenalty textbook =
                    new TextbookPenalty(shape.inputWidth(), shape.codeSize(), options.rank(), options.samples());
            DoubleNetwork twin = new DoubleNetwork(network);
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
            NumericalGradient.assertLayers(gradient, shape, expected);
            NumericalGradient.assertBlock("U", step.leftGradient(), expected, start.length);
            NumericalGradient.assertBlock("V", step.rightGradient(), expected, start.length + left.length);
        }
    }

    @Test
    void thePenaltyAddsToTheGradientThatIsThere() {
        RandomGenerator random = random();
        Autoencoder network = RandomNetworks.small(random);
        AutoencoderShape shape = network.shape();
        SymmetryStep step = new SymmetryStep(engine, network, PenaltyOptions.weighted(1), random);
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

    private static double[] decode(
            DoubleNetwork network, AutoencoderShape shape, double[] parameters, float[] latents) {
        int size = shape.codeSize();
        int width = shape.inputWidth();
        double[] points = new double[latents.length / size * width];
        for (int row = 0; row < latents.length / size; row++) {
            double[] latent = doubles(Arrays.copyOfRange(latents, row * size, (row + 1) * size));
            System.arraycopy(network.decode(parameters, latent), 0, points, row * width, width);
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

    private static double[] concatenated(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
    }
}
