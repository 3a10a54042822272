package dev.noether.lab.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noether.lab.metric.PairedDifference;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.series.SeriesSet;
import dev.noether.model.symmetry.learned.RotationEstimator;
import dev.noether.model.symmetry.learned.SyntheticOrbit;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Points of an orbit in 48 dimensions, a code of two units: the learned generator follows the true tangent, and moving
 * the points along it, where validation so chooses, at least halves the test error. Draws are paired: the same orbit,
 * points and seeds with and without. {@code -Dnoether.draws=20} runs more draws than the suite has time for, and the
 * whole table.
 */
final class OrbitSeriesTest {
    private static final int DRAWS = Integer.getInteger("noether.draws", 2);
    private static final int TABLE_DRAWS = 20;
    private static final int[] POINTS = {24, 48, 96};
    private static final int TEST_POINTS = 300;
    private static final int SPEEDS = 3;
    private static final SeriesModelOptions OPTIONS =
            SeriesModelOptions.forRows().withCodeSize(2).withEpochs(30).withHiddenWidth(64);

    @Test
    void theChosenRotationHalvesTheErrorOnTheCircularShift() {
        Draws draws = measure("circular shift", random -> SyntheticOrbit.circularShift(random, SPEEDS), 24);
        assertThat(draws.meanCosine()).isGreaterThan(0.95);
        assertThat(draws.mean(draws.moved)).isLessThan(draws.mean(draws.plain) / 2);
    }

    @Test
    void theTableOfOrbits() {
        assumeTrue(DRAWS >= TABLE_DRAWS, "-Dnoether.draws=20 is not set");
        for (int points : POINTS) {
            assertHalved(measure("circular shift", random -> SyntheticOrbit.circularShift(random, SPEEDS), points));
            assertHalved(measure("rotations", random -> SyntheticOrbit.rotation(random, SPEEDS), points));
        }
    }

    private static void assertHalved(Draws draws) {
        assertThat(draws.meanCosine()).isGreaterThan(0.95);
        assertThat(draws.mean(draws.moved)).isLessThan(draws.mean(draws.plain) / 2);
        assertThat(draws.difference().beyondNoise()).isTrue();
    }

    private static Draws measure(String name, Function<RandomGenerator, SyntheticOrbit> orbits, int points) {
        Draws draws = new Draws(new double[DRAWS], new double[DRAWS], new double[DRAWS]);
        try (Engine engine = new OpenBlasEngine()) {
            for (int draw = 0; draw < DRAWS; draw++) {
                int seed = draw + 1;
                RandomGenerator random = new SplittableRandom(seed);
                SyntheticOrbit orbit = orbits.apply(random);
                SeriesSet training = orbit.sample(random, points, 0);
                SeriesSet test = orbit.sample(random, TEST_POINTS, 0);
                SeriesModel without = new SeriesModelTrainer(engine, OPTIONS.withFamilies())
                        .fit(training, seed, SeriesProgress.SILENT);
                SeriesModel with = new SeriesModelTrainer(engine, OPTIONS).fit(training, seed, SeriesProgress.SILENT);
                draws.cosines[draw] =
                        orbit.agreement(RotationEstimator.defaults().estimate(training));
                draws.plain[draw] = 100 * without.testError(test);
                draws.moved[draw] = 100 * with.testError(test);
                System.out.printf(
                        "%s, %d points, seed %d: |cos| %.4f, test error × 100 plain %.2f, with %s %.2f%n",
                        name,
                        points,
                        seed,
                        draws.cosines[draw],
                        draws.plain[draw],
                        with.symmetry().chosen(),
                        draws.moved[draw]);
            }
        }
        draws.print(name, points);
        return draws;
    }

    private record Draws(double[] cosines, double[] plain, double[] moved) {
        double meanCosine() {
            return mean(cosines);
        }

        double medianCosine() {
            return Arrays.stream(cosines).sorted().toArray()[cosines.length / 2];
        }

        double mean(double[] values) {
            return Arrays.stream(values).average().orElseThrow();
        }

        PairedDifference difference() {
            return PairedDifference.of(moved, plain);
        }

        void print(String name, int points) {
            PairedDifference difference = difference();
            int better = 0;
            for (int draw = 0; draw < plain.length; draw++) {
                better += moved[draw] < plain[draw] ? 1 : 0;
            }
            System.out.printf(
                    "%s, %d points, %d draws: |cos| mean %.4f, median %.4f; test error × 100 plain %.2f, chosen %.2f,"
                            + " difference %.2f ± %.2f, better in %d%n",
                    name,
                    points,
                    plain.length,
                    meanCosine(),
                    medianCosine(),
                    mean(plain),
                    mean(moved),
                    difference.mean(),
                    difference.standardError(),
                    better);
        }
    }
}
