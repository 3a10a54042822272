package dev.noether.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class HashedNoiseTest extends RandomizedTest {
    private static final int SAMPLES = 100_000;

    @Test
    void theSameArgumentsReturnTheSameValueInAnyOrder() {
        HashedNoise noise = new HashedNoise(7);
        HashedNoise again = new HashedNoise(7);
        double[] values = new double[1_000];
        for (int index = 0; index < values.length; index++) {
            values[index] = noise.gaussian(3, 2, index);
        }

        for (int index = values.length - 1; index >= 0; index--) {
            assertThat(again.gaussian(3, 2, index)).isEqualTo(values[index]);
        }
    }

    @Test
    void entitiesStreamsAndSeedsAreIndependent() {
        HashedNoise noise = new HashedNoise(7);

        assertThat(Math.abs(correlation(noise, 1, 1, noise, 2, 1))).isLessThan(0.02);
        assertThat(Math.abs(correlation(noise, 1, 1, noise, 1, 2))).isLessThan(0.02);
        assertThat(Math.abs(correlation(noise, 1, 1, new HashedNoise(8), 1, 1))).isLessThan(0.02);
    }

    @Test
    void gaussianValuesHaveMeanZeroAndVarianceOne() {
        HashedNoise noise = new HashedNoise(random().nextLong());
        double sum = 0;
        double squares = 0;
        for (int index = 0; index < SAMPLES; index++) {
            double value = noise.gaussian(0, 0, index);
            assertThat(Math.abs(value)).isLessThanOrEqualTo(3.5);
            sum += value;
            squares += value * value;
        }

        assertThat(sum / SAMPLES).isCloseTo(0, within(0.02));
        assertThat(squares / SAMPLES).isCloseTo(1, within(0.02));
    }

    @Test
    void uniformValuesFillTheirInterval() {
        HashedNoise noise = new HashedNoise(random().nextLong());
        int[] bins = new int[10];
        for (int index = 0; index < SAMPLES; index++) {
            double value = noise.uniform(0, 0, index, 20, 30);
            assertThat(value).isBetween(20.0, 30.0);
            bins[(int) (value - 20)]++;
        }

        for (int bin : bins) {
            assertThat(bin).isCloseTo(SAMPLES / 10, within(SAMPLES / 100));
        }
    }

    @Test
    void theSmoothCurvePassesThroughItsKnots() {
        HashedNoise noise = new HashedNoise(7);
        for (long knot = -5; knot < 5; knot++) {
            assertThat(noise.smooth(1, 4, knot * 60, 60)).isEqualTo(noise.gaussian(1, 4, knot));
        }
    }

    @Test
    void theSmoothCurveHasNoJumps() {
        HashedNoise noise = new HashedNoise(7);
        for (long minute = 1; minute < 10_000; minute++) {
            double step = noise.smooth(1, 4, minute, 60) - noise.smooth(1, 4, minute - 1, 60);
            assertThat(Math.abs(step)).isLessThan(0.4);
        }
    }

    @Test
    void theSmoothStepRisesFromZeroToOne() {
        RandomGenerator random = random();
        assertThat(HashedNoise.smoothStep(-3)).isZero();
        assertThat(HashedNoise.smoothStep(0.5)).isEqualTo(0.5);
        assertThat(HashedNoise.smoothStep(4)).isEqualTo(1);
        for (int i = 0; i < 1_000; i++) {
            double position = random.nextDouble();
            assertThat(HashedNoise.smoothStep(position))
                    .isLessThanOrEqualTo(HashedNoise.smoothStep(position + 0.01))
                    .isCloseTo(1 - HashedNoise.smoothStep(1 - position), within(1e-12));
        }
    }

    private static double correlation(
            HashedNoise a, int entityA, int streamA, HashedNoise b, int entityB, int streamB) {
        double sum = 0;
        for (int index = 0; index < SAMPLES; index++) {
            sum += a.gaussian(entityA, streamA, index) * b.gaussian(entityB, streamB, index);
        }
        return sum / SAMPLES;
    }
}
