package dev.noether.model.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.data.SeriesSet;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.symmetry.learned.SyntheticOrbit;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Few points of an orbit, a code of two units: the learned rotation, chosen by validation, at least halves the test error.
 * {@code -Dnoether.draws=20} runs more draws than the suite has time for.
 */
final class OrbitSeriesTest {
    private static final int DRAWS = Integer.getInteger("noether.draws", 2);
    private static final int POINTS = 24;
    private static final SeriesModelOptions OPTIONS =
            SeriesModelOptions.forRows().withCodeSize(2).withEpochs(30).withHiddenWidth(64);

    @Test
    void theChosenRotationHalvesTheErrorOnTheCircularShift() {
        double plain = 0;
        double chosen = 0;
        int better = 0;
        try (Engine engine = new OpenBlasEngine()) {
            for (int seed = 1; seed <= DRAWS; seed++) {
                RandomGenerator random = new SplittableRandom(seed);
                SyntheticOrbit orbit = SyntheticOrbit.circularShift(random, 3);
                SeriesSet training = orbit.sample(random, POINTS, 0);
                SeriesSet test = orbit.sample(random, 300, 0);
                SeriesModel without = new SeriesModelTrainer(engine, OPTIONS.withFamilies())
                        .fit(training, seed, SeriesProgress.SILENT);
                SeriesModel with = new SeriesModelTrainer(engine, OPTIONS).fit(training, seed, SeriesProgress.SILENT);
                System.out.printf(
                        "circular shift, seed %d: test error × 100 plain %.2f, with %s %.2f%n",
                        seed, 100 * without.testError(test), with.symmetry().chosen(), 100 * with.testError(test));
                plain += without.testError(test) / DRAWS;
                chosen += with.testError(test) / DRAWS;
                better += with.testError(test) < without.testError(test) ? 1 : 0;
            }
        }
        System.out.printf(
                "circular shift, mean of %d draws: plain %.2f, chosen %.2f, better in %d%n",
                DRAWS, 100 * plain, 100 * chosen, better);
        assertThat(chosen).isLessThan(plain / 2);
    }
}
