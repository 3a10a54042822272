package dev.noether.lab.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.testing.RandomNetworks;
import dev.noether.testing.RandomizedTest;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Counts of regions against what geometry says, and against a fine grid. */
final class RegionCountTest extends RandomizedTest {

    @Test
    void pointsOnALineDivideIt() {
        PiecewiseAffineMap decoder = PiecewiseAffineMap.decoder(kinksAt(-2, 0.5, 1, 3));
        assertThat(RegionCount.along(decoder, new double[] {-5}, new double[] {5}))
                .isEqualTo(5);
        assertThat(RegionCount.along(decoder, new double[] {0.6}, new double[] {0.9}))
                .isEqualTo(1);
        int[] counts = RegionCount.inBalls(
                decoder, new double[] {0}, new double[] {1}, new double[] {0.4, 0.9, 1.5, 2.5, 4}, 20, random());
        assertThat(counts).containsExactly(1, 2, 3, 4, 5);
        // In units of 2 the same balls are twice as large.
        assertThat(RegionCount.inBalls(
                        decoder, new double[] {0}, new double[] {2}, new double[] {0.2, 2}, 20, random()))
                .containsExactly(1, 5);
    }

    @Test
    void threeLinesDivideThePlaneInSeven() {
        // The lines x = -0.2, y = -0.2 and x + y = 0.3 form a triangle about the origin.
        AutoencoderShape shape = new AutoencoderShape(2, List.of(), 2, List.of(3));
        float[] parameters = new float[shape.parameterCount()];
        int weights = shape.weightOffset(1);
        System.arraycopy(new float[] {1, 0, 1, 0, 1, 1}, 0, parameters, weights, 6);
        System.arraycopy(new float[] {0.2f, 0.2f, -0.3f}, 0, parameters, shape.biasOffset(1), 3);
        PiecewiseAffineMap decoder = PiecewiseAffineMap.decoder(new Autoencoder(shape, parameters));
        double[] origin = new double[2];
        double[] scales = {1, 1};
        assertThat(RegionCount.inBalls(decoder, origin, scales, new double[] {0.1, 0.25, 5}, 500, random()))
                .containsExactly(1, 4, 7);
    }

    @Test
    void aWayMeetsTheRegionsOfAFineGridOnIt() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 60; trial++) {
            Autoencoder network =
                    RandomNetworks.withParameters(new AutoencoderShape(5, List.of(), 2, List.of(6, 5, 4)), 0.5, random);
            PiecewiseAffineMap decoder = PiecewiseAffineMap.decoder(network);
            double[] from = doubles(normals(random, 2));
            double[] to = doubles(normals(random, 2));
            Set<BitSet> grid = new HashSet<>();
            for (int step = 0; step <= 20_000; step++) {
                double share = step / 20_000.0;
                grid.add(decoder.region(
                                new double[] {from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])})
                        .pattern());
            }
            Set<BitSet> walked = new HashSet<>();
            Set<BitSet> wide = new HashSet<>();
            decoder.walk(from, to, (pattern, start, end) -> {
                walked.add((BitSet) pattern.clone());
                if (end - start > 1e-4) {
                    wide.add((BitSet) pattern.clone());
                }
            });
            // A piece narrower than the grid may be missed by the grid, never by the walk.
            assertThat(walked).containsAll(grid);
            assertThat(grid).containsAll(wide);
            assertThat(RegionCount.along(decoder, from, to)).isEqualTo(walked.size());
        }
    }

    @Test
    void anEncoderOnABaseIsWalkedThrough() {
        RandomGenerator random = random();
        Autoencoder network =
                RandomNetworks.withParameters(new AutoencoderShape(4, List.of(5, 3), 2, List.of(4)), 0.5, random);
        PiecewiseAffineMap encoder = PiecewiseAffineMap.encoder(network);
        double[] from = doubles(normals(random, 4));
        double[] to = doubles(normals(random, 4));
        encoder.walk(from, to, (pattern, start, end) -> {
            double[] middle = new double[4];
            for (int index = 0; index < 4; index++) {
                middle[index] = from[index] + (start + end) / 2 * (to[index] - from[index]);
            }
            assertThat(encoder.region(middle).pattern()).isEqualTo(pattern);
        });
    }

    @Test
    void largerBallsHaveMore() {
        RandomGenerator random = random();
        Autoencoder network =
                RandomNetworks.withParameters(new AutoencoderShape(20, List.of(16), 5, List.of(16, 16)), 0.5, random);
        int[] counts = RegionCount.inBalls(
                PiecewiseAffineMap.decoder(network),
                new double[5],
                new double[] {1, 1, 1, 1, 1},
                new double[] {0.1, 0.5, 1, 2, 4},
                50,
                random);
        assertThat(counts).isSorted();
        assertThat(counts[4]).isGreaterThan(counts[0]);
    }

    @Test
    void saysWhatIsWrong() {
        PiecewiseAffineMap decoder = PiecewiseAffineMap.decoder(kinksAt(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RegionCount.inBalls(decoder, new double[1], new double[] {1}, new double[] {1, 1}, 3, random()))
                .withMessage("`radii` must rise from above 0 (got 1.0 at index 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RegionCount.inBalls(decoder, new double[1], new double[] {1}, new double[] {1}, 0, random()))
                .withMessage("`ways` must be at least 1 (got 0)");
    }

    /** A decoder of one code unit whose units have their kinks at given codes. */
    private static Autoencoder kinksAt(double... codes) {
        AutoencoderShape shape = new AutoencoderShape(1, List.of(), 1, List.of(codes.length));
        float[] parameters = new float[shape.parameterCount()];
        for (int unit = 0; unit < codes.length; unit++) {
            parameters[shape.weightOffset(1) + unit] = 1;
            parameters[shape.biasOffset(1) + unit] = (float) -codes[unit];
        }
        return new Autoencoder(shape, parameters);
    }
}
