package dev.noether.lab.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.LinearBase;
import dev.noether.model.gradient.DoubleNetwork;
import dev.noether.model.testing.RandomNetworks;
import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The affine parameters of regions against an independent forward pass and against central differences. */
final class AutoencoderRegionTest extends RandomizedTest {
    private static final double STEP = 1e-5;

    @Test
    void theAffineMapOfTheRegionIsTheNetworkThere() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 200; trial++) {
            Autoencoder network = trial % 2 == 0 ? RandomNetworks.small(random) : RandomNetworks.large(random);
            double[] row = doubles(normals(random, network.shape().inputWidth()));
            DoubleNetwork twin = new DoubleNetwork(network);
            double[] parameters = doubles(network.parameters());
            AutoencoderRegion region = AutoencoderRegion.at(network, row);
            double[] code = twin.encode(parameters, row);
            assertClose(region.encoder().map().apply(row), code);
            assertClose(region.decoder().map().apply(code), twin.decode(parameters, code));
            assertClose(region.whole().apply(row), twin.reconstruct(parameters, row));
            assertClose(PiecewiseAffineMap.encoder(network).apply(row), code);
        }
    }

    @Test
    void itsMatrixIsTheJacobian() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 40; ) {
            Autoencoder network = RandomNetworks.small(random);
            double[] row = doubles(normals(random, network.shape().inputWidth()));
            DoubleNetwork twin = new DoubleNetwork(network);
            double[] parameters = doubles(network.parameters());
            twin.reconstruct(parameters, row);
            if (twin.smallestPreactivation() < 1e-3) {
                continue;
            }
            trial++;
            AffineMap whole = AutoencoderRegion.at(network, row).whole();
            for (int column = 0; column < row.length; column++) {
                double[] above = row.clone();
                double[] below = row.clone();
                above[column] += STEP;
                below[column] -= STEP;
                double[] high = twin.reconstruct(parameters, above);
                double[] low = twin.reconstruct(parameters, below);
                for (int output = 0; output < row.length; output++) {
                    double slope = (high[output] - low[output]) / (2 * STEP);
                    assertThat(whole.entry(output, column)).isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
                }
            }
        }
    }

    @Test
    void theBestLinearAutoencoderIsBiorthogonal() {
        // Principal components of three values are two of the axes; the layers of the network give 0.
        LinearBase base =
                new LinearBase(new float[] {1, 2, 3}, new float[] {1, 0, 0, 1, 0, 0}, new float[] {0.5f, 2}, 1);
        Autoencoder network = Autoencoder.residual(new AutoencoderShape(3, List.of(4), 2, List.of(4)), base, random());
        AutoencoderRegion region = AutoencoderRegion.at(network, new double[] {3, -1, 7});
        assertThat(region.biorthogonalityDefect()).isCloseTo(0, within(1e-12));
        assertThat(region.whole().apply(new double[] {3, -1, 7})).containsExactly(3, -1, 3);
    }

    @Test
    void aConstantCodeHasDefectOne() {
        AutoencoderShape shape = new AutoencoderShape(3, List.of(), 2, List.of(4));
        Autoencoder network = new Autoencoder(shape, new float[shape.parameterCount()]);
        assertThat(AutoencoderRegion.at(network, new double[3]).biorthogonalityDefect())
                .isEqualTo(1);
    }

    @Test
    void theDefectIsThatOfTheProduct() {
        // Code 2x, reconstruction 3z: A_E A_D = 6, one code unit.
        AutoencoderShape shape = new AutoencoderShape(1, List.of(), 1, List.of());
        Autoencoder network = new Autoencoder(shape, new float[] {2, 0, 3, 0});
        assertThat(AutoencoderRegion.at(network, new double[] {1}).biorthogonalityDefect())
                .isEqualTo(5);
    }

    @Test
    void saysWhatIsWrong() {
        AffineMap map = new AffineMap(2, new double[] {1, 2}, new double[1]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> map.apply(new double[3]))
                .withMessage("`point` must hold 2 values (got 3)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AffineMap(2, new double[3], new double[1]))
                .withMessage("`matrix` must hold `offset` × `inputs` values, at least one (got 3 for 1 × 2)");
    }

    private static void assertClose(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int index = 0; index < actual.length; index++) {
            // The layers of a network on a base fold its factors in, in single precision.
            assertThat(actual[index]).isCloseTo(expected[index], within(1e-5 * (1 + Math.abs(expected[index]))));
        }
    }
}
