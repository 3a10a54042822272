package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.count.CountLaw;
import dev.noether.model.count.CountLaws;
import dev.noether.model.feature.Scaling;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class CountFitTest extends RandomizedTest {
    private static final int ROWS = 20_000;
    private static final double RATE = 0.01;

    private static CountLaws fit(IntToDoubleFunction values) {
        long[] times = new long[ROWS];
        Arrays.setAll(times, i -> i * 60_000L);
        float[] rows = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            rows[i] = (float) values.applyAsDouble(i);
        }
        double spread = 0;
        double mean = 0;
        for (float row : rows) {
            mean += row / ROWS;
        }
        for (float row : rows) {
            spread += (row - mean) * (row - mean) / ROWS;
        }
        Scaling scaling = new Scaling(new float[] {(float) mean}, new float[] {(float) Math.sqrt(spread)});
        return CountFit.fit(List.of(EntityHistory.of("a", times, rows)), scaling);
    }

    /** Mostly 0; otherwise 1, and half as often each next number. */
    private static int[] errors(RandomGenerator random) {
        int[] errors = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            if (random.nextDouble() < RATE) {
                do {
                    errors[i]++;
                } while (random.nextDouble() < 0.5);
            }
        }
        return errors;
    }

    @Test
    void theLawIsThatOfTheHistoryInAnyUnit(RandomGenerator random) {
        int[] errors = errors(random);
        for (double unit : new double[] {1e-30, 1e-6, 1, 1e12, 1e30}) {
            CountLaws laws = fit(i -> unit * errors[i]);
            assertThat(laws.size()).as("unit %s", unit).isOne();
            CountLaw law = laws.laws().get(0);
            float mean = law.usual() + (float) (law.step() * RATE * 2);
            for (int steps = 1; steps < 8; steps++) {
                float value = law.usual() + steps * law.step();
                double truth = -Math.log(RATE * Math.pow(0.5, steps - 1));
                assertThat(law.surpriseOfAny(mean) + law.surpriseOfSize(value))
                        .as("surprise of %d steps, unit %s", steps, unit)
                        .isCloseTo(truth, within(0.15 * truth));
            }
        }
    }

    @Test
    void aShiftDoesNotHideACount(RandomGenerator random) {
        int[] errors = errors(random);
        assertThat(fit(i -> 1000 + errors[i]).size()).isOne();
    }

    @Test
    void thereIsNoLawWhereNoCountIs(RandomGenerator random) {
        int[] errors = errors(random);
        double[] noise = random.doubles(ROWS).toArray();
        assertThat(fit(i -> noise[i]).size()).as("noise").isZero();
        assertThat(fit(i -> 5).size()).as("constant").isZero();
        assertThat(fit(i -> errors[i] * (1 + noise[i])).size()).as("no steps").isZero();
        assertThat(fit(i -> -errors[i]).size()).as("below the usual value").isZero();
        assertThat(fit(i -> i % 2 * (1 + errors[i])).size()).as("too often").isZero();
    }

    @Test
    void aFewErrorsOfOneDoNotMakeTwoImpossible() {
        CountLaw law = fit(i -> i % 1000 == 0 ? 1 : 0).laws().get(0);
        double two = law.surpriseOfSize(law.usual() + 2 * law.step());
        double twenty = law.surpriseOfSize(law.usual() + 20 * law.step());
        assertThat(two).isBetween(2.0, 5.0);
        assertThat(twenty).isGreaterThan(15);
    }

    @Test
    void aHeavyTailIsLearned(RandomGenerator random) {
        CountLaw law = fit(i -> i % 100 == 0 ? Math.floor(1 / random.nextDouble()) : 0)
                .laws()
                .get(0);
        assertThat(law.surpriseOfSize(law.usual() + 100 * law.step())).isCloseTo(Math.log(100), within(1.0));
    }
}
