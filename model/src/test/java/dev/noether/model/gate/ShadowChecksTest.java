package dev.noether.model.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ShadowChecksTest extends RandomizedTest {
    private static final double PROMISED = 1e-3;

    @Test
    void aChallengerLikeTheChampionPasses(RandomGenerator random) {
        for (int draw = 0; draw < 200; draw++) {
            long rows = 20_000;
            long own = draws(random, rows, PROMISED);
            long other = draws(random, rows, PROMISED);
            assertThat(failed(new ShadowEvidence(rows, 10, 0, 3, own, other, PROMISED, 0.8, 5_000)))
                    .isEmpty();
        }
    }

    @Test
    void twentyTimesTheAlarmsFailAlsoWithTheFewestRowsThatDecide(RandomGenerator random) {
        for (double promised : new double[] {1e-2, 1e-3, 1e-5}) {
            long rows = ShadowChecks.rowsNeeded(promised);
            int refused = 0;
            for (int draw = 0; draw < 200; draw++) {
                long own = draws(random, rows, Math.min(1, 20 * promised));
                long other = draws(random, rows, promised);
                refused += failed(new ShadowEvidence(rows, 0, 0, 0, own, other, promised, 0.8, 5_000))
                                .contains("alarmRate")
                        ? 1
                        : 0;
            }
            assertThat(refused).as("promised %s", promised).isGreaterThan(100);
            long enough = 8 * rows;
            for (int draw = 0; draw < 50; draw++) {
                long own = draws(random, enough, Math.min(1, 20 * promised));
                long other = draws(random, enough, promised);
                assertThat(failed(new ShadowEvidence(enough, 0, 0, 0, own, other, promised, 0.8, 5_000)))
                        .containsExactly("alarmRate");
            }
        }
    }

    @Test
    void alarmsThatTheChampionRaisesTooAreNotTheChallengersFault() {
        assertThat(failed(new ShadowEvidence(10_000, 0, 0, 400, 3, 2, PROMISED, 0.8, 5_000)))
                .isEmpty();
    }

    @Test
    void eachOtherFigureIsNamed() {
        assertThat(failed(new ShadowEvidence(999, 0, 0, 0, 0, 0, PROMISED, 0.8, 900)))
                .containsExactly("comparedRows");
        assertThat(failed(new ShadowEvidence(10_000, 2_000, 0, 0, 1, 1, PROMISED, 0.8, 5_000)))
                .containsExactly("judgedRows");
        assertThat(failed(new ShadowEvidence(10_000, 0, 1, 0, 1, 1, PROMISED, 0.8, 5_000)))
                .containsExactly("finiteScores");
        assertThat(failed(new ShadowEvidence(10_000, 0, 0, 0, 1, 1, PROMISED, 0.4, 5_000)))
                .containsExactly("rankCorrelation");
        assertThat(failed(new ShadowEvidence(10_000, 0, 0, 0, 1, 1, PROMISED, Double.NaN, 0)))
                .containsExactly("rankCorrelation");
        // A correlation of few rows is noise; that of a champion that finds everything strange is no standard.
        assertThat(failed(new ShadowEvidence(10_000, 0, 0, 0, 1, 1, PROMISED, 0.4, 50)))
                .isEmpty();
        assertThat(failed(new ShadowEvidence(10_000, 0, 0, 5, 1, 400, PROMISED, 0.1, 5_000)))
                .isEmpty();
    }

    @Test
    void theIntervalOfTheRatioHoldsTheRatioNearlyAlways(RandomGenerator random) {
        int held = 0;
        for (int draw = 0; draw < 1_000; draw++) {
            double ratio = Math.exp(random.nextGaussian());
            long shared = random.nextInt(20);
            long own = poisson(random, 30 * ratio);
            long other = poisson(random, 30);
            ShadowChecks.RatioInterval interval = ShadowChecks.ratio(shared, own, other);
            double truth = (shared + (own + other) * ratio / (1 + ratio)) / (shared + (own + other) / (1 + ratio));
            held += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
            assertThat(interval.low()).isLessThanOrEqualTo((double) (shared + own) / (shared + other));
        }
        assertThat(held).isGreaterThan(965);
        assertThat(ShadowChecks.ratio(0, 0, 0).low()).isNaN();
        assertThat(ShadowChecks.ratio(0, 5, 0).high()).isInfinite();
        assertThat(ShadowChecks.ratio(7, 0, 0)).isEqualTo(new ShadowChecks.RatioInterval(1, 1));
    }

    private static List<String> failed(ShadowEvidence evidence) {
        return ShadowChecks.figures(evidence).stream()
                .filter(figure -> !figure.isPassed())
                .map(Figure::name)
                .toList();
    }

    private static long draws(RandomGenerator random, long rows, double rate) {
        return poisson(random, rows * rate);
    }

    private static long poisson(RandomGenerator random, double mean) {
        long count = 0;
        for (double sum = -Math.log(1 - random.nextDouble()); sum < mean; sum -= Math.log(1 - random.nextDouble())) {
            count++;
        }
        return count;
    }
}
