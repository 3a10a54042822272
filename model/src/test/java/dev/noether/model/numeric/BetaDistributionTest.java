package dev.noether.model.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** {@link IncompleteBeta} as a distribution function, and intervals made of its quantiles. */
final class BetaDistributionTest extends RandomizedTest {

    @Test
    void theTwoTailsSumToOne() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 500; trial++) {
            double a = Math.exp(random.nextDouble(-2, 6));
            double b = Math.exp(random.nextDouble(-2, 6));
            double x = random.nextDouble();
            assertThat(IncompleteBeta.value(x, a, b) + IncompleteBeta.value(1 - x, b, a))
                    .as("x %s, a %s, b %s", x, a, b)
                    .isCloseTo(1, within(1e-10));
        }
    }

    @Test
    void isTheIntegralOfTheDensity() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 40; trial++) {
            double a = random.nextDouble(4, 12);
            double b = random.nextDouble(4, 12);
            double x = random.nextDouble(0.05, 0.95);
            double below = integral(0, x, a, b);
            double all = below + integral(x, 1, a, b);
            assertThat(IncompleteBeta.value(x, a, b))
                    .as("x %s, a %s, b %s", x, a, b)
                    .isCloseTo(below / all, within(1e-8));
        }
    }

    @Test
    void risesWithXAndItsQuantileRisesWithTheProbability() {
        double before = 0;
        double quantileBefore = 0;
        for (int step = 1; step < 200; step++) {
            double value = IncompleteBeta.value(step / 200.0, 4.5, 2.5);
            double quantile = IncompleteBeta.quantile(step / 200.0, 4.5, 2.5);
            assertThat(value).isGreaterThan(before).isLessThan(1);
            assertThat(quantile).isGreaterThan(quantileBefore).isLessThan(1);
            before = value;
            quantileBefore = quantile;
        }
    }

    @Test
    void aClopperPearsonIntervalCoversTheRateAsOftenAsItPromises() {
        RandomGenerator random = random();
        int draws = 40;
        int rounds = 4000;
        for (double rate : new double[] {0.05, 0.3, 0.5}) {
            ConfidenceInterval[] intervals = new ConfidenceInterval[draws + 1];
            for (int hits = 0; hits <= draws; hits++) {
                intervals[hits] = new ConfidenceInterval(
                        hits == 0 ? 0 : IncompleteBeta.quantile(0.025, hits, draws - hits + 1.0),
                        hits == draws ? 1 : IncompleteBeta.quantile(0.975, hits + 1.0, draws - hits));
            }
            int covered = 0;
            for (int round = 0; round < rounds; round++) {
                int hits = 0;
                for (int draw = 0; draw < draws; draw++) {
                    hits += random.nextDouble() < rate ? 1 : 0;
                }
                covered += intervals[hits].contains(rate) ? 1 : 0;
            }
            // The coverage is at least 95 % by construction; three standard errors of 4000 rounds are 1 %.
            assertThat(covered / (double) rounds).as("rate %s", rate).isGreaterThan(0.94);
        }
    }

    @Test
    void anIntervalIncludesItsEndsAndNoNaN() {
        ConfidenceInterval interval = new ConfidenceInterval(-1, 2);
        assertThat(interval.contains(-1)).isTrue();
        assertThat(interval.contains(2)).isTrue();
        assertThat(interval.contains(Math.nextUp(2.0))).isFalse();
        assertThat(interval.contains(Math.nextDown(-1.0))).isFalse();
        assertThat(interval.contains(Double.NaN)).isFalse();
    }

    /** Simpson's rule for {@code tᵃ⁻¹ (1 − t)ᵇ⁻¹}. */
    private static double integral(double from, double to, double a, double b) {
        int pieces = 2000;
        double width = (to - from) / pieces;
        double sum = 0;
        for (int index = 0; index <= pieces; index++) {
            double t = from + index * width;
            double weight = index == 0 || index == pieces ? 1 : index % 2 == 1 ? 4 : 2;
            sum += weight * Math.pow(t, a - 1) * Math.pow(1 - t, b - 1);
        }
        return sum * width / 3;
    }
}
