package dev.noether.model.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.engine.Engine;
import dev.noether.model.engine.Reconstruction;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.testing.RandomNetworks;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The layers that an engine computes, against the formulas of the network and of its base, layer by layer. */
final class AffineLayersTest extends RandomizedTest {
    private final Engine engine = new ReferenceEngine();

    @Test
    void theLayersComputeTheNetworkOnItsBase() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 100; trial++) {
            Autoencoder network = RandomNetworks.small(random);
            float[] row = normals(random, network.shape().inputWidth());
            double[] expected = reconstruction(network, row);
            assertThat(doubles(run(network.layers(), row))).as("%s", network).containsExactly(expected, within(1e-3));
            int last = random.nextInt(1, row.length + 1);
            assertThat(doubles(run(network.layers(last), row)))
                    .as("the last %d of %s", last, network)
                    .containsExactly(Arrays.copyOfRange(expected, row.length - last, row.length), within(1e-3));
        }
    }

    @Test
    void aBaseAloneNeedsTwoLayersAndComputesTheSame() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 30; trial++) {
            AutoencoderShape shape = new AutoencoderShape(6, List.of(7, 5), 2, List.of(4));
            Autoencoder network = Autoencoder.residual(shape, RandomNetworks.base(shape, random), random);
            float[] row = normals(random, 6);
            assertThat(network.isBaseOnly()).isTrue();
            assertThat(network.layers()).hasSize(shape.layerCount());
            assertThat(network.layers(4)).hasSize(2);
            assertThat(run(network.layers(4), row))
                    .containsExactly(Arrays.copyOfRange(run(network.layers(), row), 2, 6), within(1e-5f));
            assertThat(doubles(run(network.layers(), row))).containsExactly(reconstruction(network, row), within(1e-4));
        }
    }

    @Test
    void theBaseReconstructsItsMeanAndThePointsOfItsPlane() {
        // The columns of V are orthonormal.
        float[] components = {0.6f, 0, 0.8f, 0, 0, 1};
        LinearBase base = new LinearBase(new float[] {1, -2, 3}, components, new float[] {2, 0.5f}, 1);
        Autoencoder network = Autoencoder.residual(new AutoencoderShape(3, List.of(), 2, List.of()), base, random());
        assertThat(run(network.layers(3), new float[] {1, -2, 3}))
                .containsExactly(new float[] {1, -2, 3}, within(1e-6f));
        float[] inThePlane = {1 + 3 * 0.6f, -2 + 3 * 0.8f, 3 - 7};
        assertThat(run(network.layers(3), inThePlane)).containsExactly(inThePlane, within(1e-5f));
        float[] beside = {inThePlane[0] + 0.8f, inThePlane[1] - 0.6f, inThePlane[2]};
        assertThat(run(network.layers(3), beside)).containsExactly(inThePlane, within(1e-5f));
    }

    @Test
    void aForecastIsOneAffineLayer() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 50; trial++) {
            int rows = random.nextInt(1, 5);
            int features = random.nextInt(1, 5);
            float[] weights = normals(random, rows * features * features);
            float[] biases = normals(random, features);
            float[] context = normals(random, rows * features);
            Forecast forecast = new Forecast(rows, weights, biases);
            double[] expected = doubles(biases);
            for (int from = 0; from < rows * features; from++) {
                for (int to = 0; to < features; to++) {
                    expected[to] += (double) context[from] * weights[from * features + to];
                }
            }
            assertThat(doubles(run(forecast.layers(), context))).containsExactly(expected, within(1e-4));
            assertThat(new Forecast(forecast.rows(), forecast.weights(), forecast.biases()))
                    .isEqualTo(forecast);
            weights[0] += 1;
            forecast.biases()[0] += 1;
            assertThat(doubles(run(forecast.layers(), context))).containsExactly(expected, within(1e-4));
            assertThat(new Forecast(rows, weights, biases)).isNotEqualTo(forecast);
        }
    }

    @Test
    void theRowsOfAForecastTakePartInEquality() {
        Forecast one = new Forecast(1, new float[] {1, 2, 3, 4}, new float[] {5, 6});
        assertThat(one).isEqualTo(new Forecast(1, new float[] {1, 2, 3, 4}, new float[] {5, 6}));
        assertThat(one).isNotEqualTo(new Forecast(4, new float[] {1, 2, 3, 4}, new float[] {5}));
        assertThat(one).isNotEqualTo(new Forecast(1, new float[] {1, 2, 3, 4}, new float[] {5, 7}));
    }

    @Test
    void refusesArraysThatDoNotFitTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Forecast(2, new float[7], new float[2]))
                .withMessage("`weights` must hold `rows` × features × features values (got 7 for 2 × 2 × 2)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Forecast(0, new float[0], new float[2]))
                .withMessage("`weights` must hold `rows` × features × features values (got 0 for 0 × 2 × 2)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Forecast(1, new float[] {Float.NaN}, new float[1]))
                .withMessage("`weights` must be finite (got NaN)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Forecast(1, new float[1], new float[] {Float.POSITIVE_INFINITY}))
                .withMessage("`biases` must be finite (got Infinity)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AffineLayer.linear(2, new float[5], new float[3]))
                .withMessage("`weights` must hold `inputWidth` × `biases` values (got 5 for 2 × 3)");
    }

    private float[] run(List<AffineLayer> layers, float[] row) {
        try (Reconstruction reconstruction = engine.chain(layers, 1)) {
            float[] output = new float[reconstruction.outputWidth()];
            reconstruction.run(row, 1, output);
            return output;
        }
    }

    /** {@code z = S⁻¹ Vᵀ (x − μ) + encoder(x)} and {@code D(z) = μ + V S z + ρ · decoder(z)}, in double precision. */
    private static double[] reconstruction(Autoencoder network, float[] row) {
        AutoencoderShape shape = network.shape();
        LinearBase base = network.base().orElse(null);
        double[] values = doubles(row);
        for (int layer = 0; layer < shape.codeLayer(); layer++) {
            values = layer(network, layer, values);
        }
        double[] code = layer(network, shape.codeLayer(), values);
        for (int unit = 0; base != null && unit < code.length; unit++) {
            for (int column = 0; column < row.length; column++) {
                code[unit] += (double) base.components()[column * code.length + unit]
                        * (row[column] - base.mean()[column])
                        / base.scales()[unit];
            }
        }
        values = code;
        for (int layer = shape.codeLayer() + 1; layer < shape.layerCount(); layer++) {
            values = layer(network, layer, values);
        }
        for (int column = 0; base != null && column < row.length; column++) {
            values[column] = base.residualScale() * values[column] + base.mean()[column];
            for (int unit = 0; unit < code.length; unit++) {
                values[column] +=
                        (double) base.components()[column * code.length + unit] * base.scales()[unit] * code[unit];
            }
        }
        return values;
    }

    private static double[] layer(Autoencoder network, int layer, double[] input) {
        double[] output = doubles(network.biases(layer));
        float[] weights = network.weights(layer);
        for (int unit = 0; unit < output.length; unit++) {
            for (int index = 0; index < input.length; index++) {
                output[unit] += input[index] * weights[index * output.length + unit];
            }
            if (network.shape().activation(layer) == Activation.RELU) {
                output[unit] = Math.max(0, output[unit]);
            }
        }
        return output;
    }
}
