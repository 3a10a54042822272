package dev.noether.model.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class PeriodEstimatorTest extends RandomizedTest {
    private static float[] signal(int rows, IntToDoubleFunction value) {
        float[] values = new float[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = (float) value.applyAsDouble(i);
        }
        return values;
    }

    private static double sine(double row, double period) {
        return Math.sin(2 * Math.PI * row / period);
    }

    @Test
    void sinesHaveTheirPeriod() {
        for (int period : new int[] {8, 13, 64, 100, 333, 1000}) {
            // The unbiased estimate rests on few products where a run holds few periods.
            Period found = PeriodEstimator.of(List.of(signal(4000, i -> sine(i, period))));
            assertThat((double) found.rows()).isCloseTo(period, within(0.01 * period));
            assertThat(found.prominence()).isCloseTo(2, within(0.05));
        }
    }

    /** Minute rows with a daily pattern: the ripple near the longest lag lies on the flank of the day. */
    @Test
    void aPeakOnTheFlankOfALongerPeriodIsNoPeriod() {
        float[] daily = signal(20_000, i -> sine(i, 1440) + 0.3 * sine(i, 60));
        assertThat(PeriodEstimator.of(List.of(daily))).isEqualTo(Period.NONE);
    }

    @Test
    void beatsWithNoiseHaveTheirPeriodWhateverTheirUnit(RandomGenerator random) {
        for (int period : new int[] {24, 60, 150}) {
            float[] beats = TestingOrbits.beats(random, 5000, period, 0.2);
            Period found = PeriodEstimator.of(List.of(beats));
            assertThat((double) found.rows()).isCloseTo(period, within(0.05 * period));
            assertThat(found.prominence()).isGreaterThan(0.5);
            float[] scaled = signal(5000, i -> 1e30 * beats[i]);
            assertThat(PeriodEstimator.of(List.of(scaled)).rows()).isEqualTo(found.rows());
        }
    }

    @Test
    void runsAreMeasuredTogetherAndNotAcrossTheirEnds(RandomGenerator random) {
        // Another phase and another level in each run: across their ends nothing would repeat.
        List<float[]> runs = random.doubles(20)
                .mapToObj(phase ->
                        signal(150, i -> 50 * phase + sine(i + 40 * phase, 40) + 0.3 * random.nextGaussian()))
                .toList();
        Period found = PeriodEstimator.of(runs);
        assertThat((double) found.rows()).isCloseTo(40, within(1.0));
        assertThat(found.prominence()).isGreaterThan(1);
    }

    @Test
    void signalsThatDoNotRepeatHaveNoneOrALowProminence(RandomGenerator random) {
        assertThat(PeriodEstimator.of(List.of(signal(2000, i -> 7)))).isEqualTo(Period.NONE);
        assertThat(PeriodEstimator.of(List.of(signal(2000, i -> i)))).isEqualTo(Period.NONE);
        assertThat(PeriodEstimator.of(List.of())).isEqualTo(Period.NONE);
        assertThat(PeriodEstimator.of(List.of(signal(20, i -> sine(i, 8))))).isEqualTo(Period.NONE);
        for (int trial = 0; trial < 5; trial++) {
            float[] noise = normals(random, 5000);
            assertThat(PeriodEstimator.of(List.of(noise)).prominence()).isLessThan(ShapeTrainer.LEAST_PROMINENCE);
        }
    }

    @Test
    void aTrendDoesNotHideThePeriod(RandomGenerator random) {
        float[] values = signal(3000, i -> 0.0005 * i + sine(i, 50) + 0.1 * random.nextGaussian());
        assertThat((double) PeriodEstimator.of(List.of(values)).rows()).isCloseTo(50, within(1.0));
    }

    @Test
    void theFundamentalIsFoundAmongHarmonicsAndNotItsMultiple(RandomGenerator random) {
        float[] values =
                signal(4000, i -> 0.5 * sine(i, 90) + sine(i, 45) + 0.7 * sine(i, 30) + 0.1 * random.nextGaussian());
        assertThat((double) PeriodEstimator.of(List.of(values)).rows()).isCloseTo(90, within(1.0));
        float[] plain = signal(4000, i -> sine(i, 45) + 0.1 * random.nextGaussian());
        assertThat((double) PeriodEstimator.of(List.of(plain)).rows()).isCloseTo(45, within(1.0));
    }

    @Test
    void lagsBeyondAThirdOfARunAreNotUsed() {
        // 250 rows hold a period of 100 twice, which is too seldom.
        float[] values = signal(250, i -> sine(i, 100));
        assertThat(PeriodEstimator.of(List.of(values)).rows()).isLessThanOrEqualTo(250 / 3);
        assertThat(PeriodEstimator.of(List.of(signal(320, i -> sine(i, 100)))).rows())
                .isEqualTo(100);
    }
}
