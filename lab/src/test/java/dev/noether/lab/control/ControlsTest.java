package dev.noether.lab.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.gradient.DoubleNetwork;
import dev.noether.model.gradient.LayerArrays;
import dev.noether.model.method.MethodStep;
import dev.noether.model.symmetry.PenaltyOptions;
import dev.noether.model.testing.NumericalGradient;
import dev.noether.model.testing.RandomNetworks;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The controls do what they say and no more. */
final class ControlsTest extends RandomizedTest {
    private final Engine engine = new ReferenceEngine();

    @Test
    void smoothnessIsTheSquaredDistanceOfNeighboursWithItsGradient() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 20; ) {
            Autoencoder network = RandomNetworks.small(random);
            AutoencoderShape shape = network.shape();
            PenaltyOptions options =
                    PenaltyOptions.weighted(random.nextDouble(0.1, 3)).withSamples(random.nextInt(1, 5));
            int codeSize = shape.codeSize();
            int samples = options.samples();
            float[] latentPairs = normals(random, 2 * samples * codeSize);
            DoubleNetwork twin = new DoubleNetwork(network);
            ToDoubleFunction<double[]> value = parameters -> {
                double squares = 0;
                for (int sample = 0; sample < samples; sample++) {
                    double[] point = twin.decode(parameters, code(latentPairs, sample, codeSize));
                    double[] neighbour = twin.decode(parameters, code(latentPairs, samples + sample, codeSize));
                    for (int column = 0; column < point.length; column++) {
                        squares += Math.pow(point[column] - neighbour[column], 2);
                    }
                }
                return squares / samples / shape.inputWidth();
            };
            double[] parameters = doubles(network.parameters());
            double expected = value.applyAsDouble(parameters);
            if (twin.smallestPreactivation() < 1e-4) {
                continue;
            }
            trial++;
            LayerArrays gradient = new LayerArrays(shape);
            double actual = new LatentSmoothness(options).new Step(engine, network)
                    .differentiate(new LayerArrays(network), latentPairs, gradient);
            assertThat(actual).isCloseTo(expected, within(1e-6 * expected));
            NumericalGradient.assertClose(
                    network + ", " + options,
                    NumericalGradient.flat(gradient, shape),
                    NumericalGradient.of(point -> options.evaluationWeight() * value.applyAsDouble(point), parameters));
        }
    }

    @Test
    void noiseMovesTheTargetAlong() {
        Autoencoder network = Autoencoder.initialised(AutoencoderShape.derive(50, 2), random());
        MethodStep step = new NoiseAugmentation(0.3).step(engine, network, 250, random());
        float[] batch = normals(random(), 12_500);
        float[] before = batch.clone();
        assertThat(step.input(batch, 200, random())).isSameAs(batch);
        double squares = 0;
        for (int index = 0; index < 10_000; index++) {
            squares += Math.pow(batch[index] - before[index], 2);
        }
        assertThat(Math.sqrt(squares / 10_000)).isCloseTo(0.3, within(0.015));
        assertThat(Arrays.copyOfRange(batch, 10_000, 12_500))
                .as("what lies behind the rows")
                .containsExactly(Arrays.copyOfRange(before, 10_000, 12_500));
    }

    @Test
    void saysWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NoiseAugmentation(0))
                .withMessage("`noise` must be finite and above 0 (got 0.0)");
    }

    private static double[] code(float[] codes, int index, int codeSize) {
        return doubles(Arrays.copyOfRange(codes, index * codeSize, (index + 1) * codeSize));
    }
}
