package dev.noether.model.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class TailCalibrationTest extends RandomizedTest {
    /** Over draws of both samples the share of p-values up to p is p. */
    @Test
    void pValuesOfExchangeableScoresAreUniform() {
        RandomGenerator random = random();
        int[] below = new int[5];
        double[] shares = {0.5, 0.1, 0.02, 0.005, 0.001};
        int rounds = 200;
        int each = 1000;
        for (int round = 0; round < rounds; round++) {
            TailCalibration calibration = TailCalibration.of(List.of(logScores(random, 2000)));
            for (float score : logScores(random, each)) {
                double p = calibration.pValue(score);
                for (int i = 0; i < shares.length; i++) {
                    below[i] += p <= shares[i] ? 1 : 0;
                }
            }
        }
        double[] slack = {0.03, 0.05, 0.1, 0.15, 0.25};
        for (int i = 0; i < shares.length; i++) {
            assertThat(below[i] / (double) (rounds * each) / shares[i])
                    .as("share %s", shares[i])
                    .isCloseTo(1, within(slack[i]));
        }
    }

    @Test
    void pValuesFallAsScoresRiseAndStrictlyInTheTail() {
        RandomGenerator random = random();
        for (int size : new int[] {1, 5, 30, 300, 5000}) {
            TailCalibration calibration = TailCalibration.of(List.of(logScores(random, size)));
            double former = 1;
            double formerSurprise = -1;
            for (double score = -10; score < 60; score += 0.05) {
                double p = calibration.pValue(score);
                assertThat(p).isBetween(0.0, former);
                former = p;
                if (score > calibration.location()) {
                    double surprise = calibration.surprise((score - calibration.location()) / calibration.scale());
                    assertThat(surprise).isGreaterThan(formerSurprise);
                    formerSurprise = surprise;
                }
            }
        }
    }

    @Test
    void theThresholdIsTheInverseOfThePValue() {
        TailCalibration calibration = TailCalibration.of(List.of(logScores(random(), 3000)));
        for (double rate = 0.1; rate > 1e-12; rate /= 3) {
            assertThat(calibration.pValue(calibration.threshold(rate)) / rate).isCloseTo(1, within(1e-9));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> calibration.threshold(0.2))
                .withMessage("`rate` must be in (0, 0.1] (got 0.2)");
    }

    @Test
    void theBodyIsConformal() {
        RandomGenerator random = random();
        float[] scores = logScores(random, 4000);
        TailCalibration calibration = TailCalibration.of(List.of(scores));
        for (int i = 0; i < 300; i++) {
            float score = scores[random.nextInt(scores.length)];
            double exact = atLeast(scores, score) / (scores.length + 1.0);
            if (exact > 0.1) {
                // 33 points, a straight line between them.
                assertThat(calibration.pValue(score)).isCloseTo(exact, within(0.015));
            }
        }
    }

    @Test
    void constantScoresAreNotRareAndSupportNoBudget() {
        float[] constant = new float[2000];
        Arrays.fill(constant, 3);
        TailCalibration calibration = TailCalibration.of(List.of(constant));
        assertThat(calibration.pValue(3)).isGreaterThanOrEqualTo(0.1);
        assertThat(calibration.pValue(2.9)).isEqualTo(1);
        assertThat(calibration.pValue(3.1)).isLessThan(0.1).isGreaterThan(0.01);
        assertThat(calibration.decide(1e-3)).isInstanceOf(BudgetDecision.Refused.class);
        assertThat(calibration.decide(1e-3).message())
                .isEqualTo(
                        "the budget of 0.001 alarms per window cannot be kept: the highest tenth of the held-out scores"
                                + " has 0 different ones");
    }

    @Test
    void equalScoresHaveTheirShareAsPValue() {
        float[] scores = new float[3000];
        RandomGenerator random = random();
        for (int i = 0; i < scores.length; i++) {
            scores[i] = random.nextInt(4);
        }
        TailCalibration calibration = TailCalibration.of(List.of(scores));
        // A quarter of the scores are equal to the highest one, so it is not rare.
        assertThat(calibration.pValue(3)).isGreaterThanOrEqualTo(0.1);
        assertThat(calibration.decide(1e-2)).isInstanceOf(BudgetDecision.Refused.class);
    }

    @Test
    void tinySamplesHaveConformalPValues() {
        RandomGenerator random = random();
        for (int size : new int[] {1, 2, 5, 9, 30}) {
            float[] scores = logScores(random, size);
            TailCalibration calibration = TailCalibration.of(List.of(scores));
            float highest = Float.NEGATIVE_INFINITY;
            for (float score : scores) {
                highest = Math.max(highest, score);
            }
            // Conformal: for exchangeable scores the smallest p-value is 1 / (size + 1).
            double least = Math.min(0.1, 1.0 / (size + 1));
            assertThat(calibration.pValue(highest)).isGreaterThan(least * 0.5);
            assertThat(calibration.decide(1e-3)).isInstanceOf(BudgetDecision.Refused.class);
        }
    }

    /** Mean over random samples. Without the uncertainty of the scale the rate would be twice as high. */
    @Test
    void theRateOfAFewScoresHoldsForTheNextOnes() {
        RandomGenerator random = random();
        int above = 0;
        int rounds = 1000;
        for (int round = 0; round < rounds; round++) {
            double threshold =
                    TailCalibration.of(List.of(logScores(random, 120))).threshold(1e-3);
            for (float score : logScores(random, 1000)) {
                above += score > threshold ? 1 : 0;
            }
        }
        assertThat(above / (rounds * 1000.0)).as("realised at 1e-3").isBetween(2e-4, 1.6e-3);
    }

    @Test
    void burstsCountOnceAndNotAcrossEntities() {
        RandomGenerator random = random();
        float[] single = logScores(random, 20_000);
        float[] bursts = new float[20_000];
        for (int i = 0; i < bursts.length; i++) {
            bursts[i] = single[i / 5 * 5];
        }
        double independent = TailCalibration.of(List.of(single)).effectiveSize();
        assertThat(independent).isGreaterThan(16_000);
        assertThat(TailCalibration.of(List.of(bursts)).effectiveSize()).isBetween(3000.0, 4200.0);

        float[] first = new float[500];
        float[] second = new float[500];
        for (int i = 0; i < 500; i++) {
            first[i] = i / 1000f;
            second[i] = i / 1000f;
        }
        for (int i = 0; i < 10; i++) {
            first[490 + i] = 5 + i;
            second[i] = 5 + i;
        }
        // Twenty high scores in a row, in two entities: two bursts, and not one.
        assertThat(TailCalibration.of(List.of(first, second)).effectiveSize()).isCloseTo(100, within(20.0));
        float[] together = Arrays.copyOf(first, 1000);
        System.arraycopy(second, 0, together, 500, 500);
        assertThat(TailCalibration.of(List.of(together)).effectiveSize()).isCloseTo(50, within(10.0));
    }

    @Test
    void explainsItsDecisionOnABudget() {
        TailCalibration calibration = TailCalibration.of(List.of(logScores(random(), 10_000)));
        assertThat(calibration.decide(1e-2)).isInstanceOf(BudgetDecision.Carried.class);
        assertThat(calibration.decide(1e-4)).isInstanceOfSatisfying(BudgetDecision.Extrapolated.class, decision -> {
            assertThat(decision.needed()).isCloseTo(200_000, within(1e-6));
            assertThat(decision.scores()).isEqualTo(calibration.effectiveSize());
            assertThat(decision.message())
                    .contains("the budget is one alarm in 10,000 rows")
                    .contains("200,000 are needed")
                    .contains("extrapolated, and widened");
            assertThat(decision.carriedRows()).isEqualTo(Math.round(calibration.effectiveSize() / 20));
        });
        assertThat(calibration.decide(0.5)).isInstanceOf(BudgetDecision.Refused.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> calibration.decide(Double.NaN))
                .withMessage("`rate` must be above 0 (got NaN)");
    }

    @Test
    void rejectsInvalidDistributions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TailCalibration.of(List.of()))
                .withMessage("`heldOut` must hold at least one score (got none)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TailCalibration.of(List.of(new float[] {1, Float.POSITIVE_INFINITY})))
                .withMessage("`heldOut` must be finite (got 1.0 to Infinity)");
        float[] body = {-1, 0};
        assertThatIllegalArgumentException().isThrownBy(() -> new TailCalibration(1, 2, 0, 0, 1, 0, body));
        assertThatIllegalArgumentException().isThrownBy(() -> new TailCalibration(1, 1, 0, 0, 0, 0, body));
        assertThatIllegalArgumentException().isThrownBy(() -> new TailCalibration(1, 1, 0, Double.NaN, 1, 0, body));
        assertThatIllegalArgumentException().isThrownBy(() -> new TailCalibration(1, 1, 0, 0, 1, 1, body));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TailCalibration(1, 1, 0, 0, 1, 0, new float[] {0, -1}));
        assertThat(new TailCalibration(1, 1, 0, 0, 1, 0, body))
                .isEqualTo(new TailCalibration(1, 1, 0, 0, 1, 0, body.clone()));
    }

    /** Scores like those of a detector: the logarithm of a sum of squares. */
    static float[] logScores(RandomGenerator random, int count) {
        float[] scores = new float[count];
        for (int i = 0; i < count; i++) {
            scores[i] = (float) (2 + 0.5 * -Math.log(1 - random.nextDouble()) + 0.2 * random.nextGaussian());
        }
        return scores;
    }

    private static int atLeast(float[] scores, float score) {
        int atLeast = 0;
        for (float one : scores) {
            atLeast += one >= score ? 1 : 0;
        }
        return atLeast;
    }
}
