package dev.noether.lab.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.symmetry.FullGenerators;
import dev.noether.model.symmetry.PenaltyOptions;
import dev.noether.model.testing.RandomNetworks;
import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The use of transformations where it is known by construction. */
final class NeighbourProbeTest extends RandomizedTest {
    private final ReferenceEngine engine = new ReferenceEngine();

    @Test
    void whatDoesNothingIsNotUsed() {
        // The first turns the plane by a right angle, the second moves nothing.
        TransformationUse use = useInThePlane(0, -1, 1, 0, 0, 0, 0, 0);
        assertThat(use.coefficients()).hasDimensions(64, 2);
        assertThat(use.effectiveCount()).isEqualTo(1);
        assertThat(use.sparsity()).isCloseTo(1, within(1e-12));
        assertThat(use.unexplained())
                .as("moves from and to the centre are left")
                .isBetween(0.1, 0.9);
    }

    @Test
    void twoDirectionsExplainThePlane() {
        // At every point a turn and a mirror image stand at a right angle, and are as long as the point.
        TransformationUse use = useInThePlane(0, -1, 1, 0, 1, 0, 0, -1);
        assertThat(use.unexplained()).isLessThan(1e-5);
        assertThat(use.effectiveCount()).isBetween(1.2, 1.9);
    }

    private TransformationUse useInThePlane(float... matrices) {
        FullGenerators generators = new FullGenerators(2, 2, matrices);
        AutoencoderShape shape = new AutoencoderShape(2, List.of(), 2, List.of());
        Autoencoder network = new Autoencoder(shape, new float[] {1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0});
        PenaltyOptions options = new PenaltyOptions(1, generators.structure(), 1, 0.3, 1e-6, 64, 1);
        return new NeighbourProbe(engine, network, generators, options).points(normals(random(), 40), 20, random());
    }

    @Test
    void contributionsAreEpsilonTimesTheLengthOfTheMove() {
        RandomGenerator random = random();
        Autoencoder network =
                RandomNetworks.withParameters(new AutoencoderShape(7, List.of(5), 3, List.of(8, 8)), 0.5, random);
        PenaltyOptions options = PenaltyOptions.weighted(1).withRank(2).withSamples(10);
        NeighbourProbe probe =
                new NeighbourProbe(engine, network, options.structure().initialised(7, 3, 2, random), options);
        for (TransformationUse use : List.of(
                probe.points(normals(random, 30), 10, random), probe.tangents(normals(random, 30), 10, random))) {
            assertThat(use.unexplained()).isBetween(0.0, 1.0);
            assertThat(use.sparsity()).isBetween(0.0, 1.0);
            for (int pair = 0; pair < use.coefficients().length; pair++) {
                for (int generator = 0; generator < 3; generator++) {
                    double coefficient = use.coefficients()[pair][generator];
                    assertThat(use.contributions()[pair][generator] > 0).isEqualTo(coefficient != 0);
                }
            }
        }
    }

    @Test
    void anAffineDecoderHasNoNeighbouringTangents() {
        Autoencoder network = Autoencoder.initialised(new AutoencoderShape(4, List.of(3), 2, List.of()), random());
        PenaltyOptions options = PenaltyOptions.weighted(1);
        TransformationUse use = new NeighbourProbe(
                        engine, network, options.structure().initialised(4, 2, 4, random()), options)
                .tangents(normals(random(), 20), 10, random());
        assertThat(use.coefficients()).isEmpty();
        assertThat(use.effectiveCount()).isNaN();
    }

    @Test
    void sparsityOfKnownRows() {
        TransformationUse one = use(new double[] {0, 3, 0, 0});
        assertThat(one.effectiveCount()).isEqualTo(1);
        assertThat(one.sparsity()).isCloseTo(1, within(1e-12));
        TransformationUse all = use(new double[] {2, 2, 2, 2});
        assertThat(all.effectiveCount()).isEqualTo(4);
        assertThat(all.sparsity()).isCloseTo(0, within(1e-12));
        TransformationUse two = use(new double[] {0, 1, 1, 0}, new double[4]);
        assertThat(two.effectiveCount()).isEqualTo(2);
        assertThat(two.sparsity()).isCloseTo(2 - Math.sqrt(2), within(1e-12));
    }

    private static TransformationUse use(double[]... contributions) {
        return new TransformationUse(new double[contributions.length][4], contributions, 0);
    }
}
