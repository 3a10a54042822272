package dev.noether.model.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AlarmThresholdTest extends RandomizedTest {
    private static final int WEEK = 7 * 1440;

    private final RandomGenerator random = random();
    private final TailCalibration calibration =
            TailCalibration.of(List.of(TailCalibrationTest.logScores(random, 10_000)));

    @Test
    void startsAtTheCalibrationWithANarrowerTailAboveTheRareLevel() {
        double rare = calibration.threshold(TailCalibration.RARE_SHARE);
        double seen = calibration.threshold(1 / calibration.effectiveSize());
        for (double rate : new double[] {0.1, 1e-2, 1e-4, 1e-9}) {
            AlarmThreshold threshold = new AlarmThreshold(calibration, rate, AdaptationRates.DEFAULT);
            AlarmState state = threshold.start();
            double ofAll = calibration.threshold(rate);
            // Some rare scores are incidents, so the threshold for normal windows is lower.
            // Beyond the highest score of the history nothing was seen of either, and the excess counts in full.
            double ofNormal =
                    ofAll <= rare ? ofAll : rare + 0.75 * (Math.min(ofAll, seen) - rare) + Math.max(0, ofAll - seen);
            assertThat(threshold.threshold(state)).isCloseTo(ofNormal, within(1e-5));
            for (double score = 0; score < 12; score += 0.1) {
                double ofSeen = rare + 0.75 * (seen - rare);
                double asOfAll =
                        score <= rare ? score : score <= ofSeen ? rare + (score - rare) / 0.75 : seen + score - ofSeen;
                assertThat(threshold.pValue(state, (float) score)).isCloseTo(calibration.pValue(asOfAll), within(1e-5));
            }
        }
    }

    /** For every state, an alarm, a score above the threshold and a p-value below the rate are equivalent. */
    @Test
    void verdictThresholdAndPValueAgree() {
        for (int round = 0; round < 2000; round++) {
            double rate = Math.pow(10, random.nextDouble(-8, -1.3));
            AlarmThreshold threshold = new AlarmThreshold(calibration, rate, AdaptationRates.DEFAULT);
            AlarmState state = new AlarmState(
                    random.nextFloat(-3, 8), random.nextFloat(0.3f, 0.9f), random.nextFloat(-1.4f, 1.4f), 0, 0);
            double at = threshold.threshold(state);
            if (at > state.location()) {
                assertThat(threshold.pValue(state, (float) at) / rate).isCloseTo(1, within(1e-4));
            }
            float score = (float) (at + random.nextGaussian());
            double pValue = threshold.pValue(state, score);
            assertThat(threshold.judge(state, score)).isEqualTo(pValue < rate && score > at);
        }
    }

    /** The rate holds for ten weeks in which the scores rise by five scales, vary daily and widen by half. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-2, 1e-3})
    void theBudgetHoldsOverWeeksOfDriftWhereAFixedThresholdBreaksIt(double rate) {
        RealisedRate adaptive = drifting(new AlarmThreshold(calibration, rate, AdaptationRates.DEFAULT));
        assertThat(adaptive.against(rate).ratio()).isBetween(0.5, 2.0);
        RealisedRate fixed = drifting(new AlarmThreshold(calibration, rate, AdaptationRates.NONE));
        assertThat(fixed.against(rate).ratio()).isGreaterThan(10);
    }

    private RealisedRate drifting(AlarmThreshold threshold) {
        RandomGenerator same = random();
        RealisedRate realised = new RealisedRate();
        AlarmState state = threshold.start();
        int windows = 10 * WEEK;
        float[] scores = TailCalibrationTest.logScores(same, windows);
        for (int i = 0; i < windows; i++) {
            double part = (double) i / windows;
            double day = Math.sin(i * 2 * Math.PI / 1440);
            float score = (float) (2 + (scores[i] - 2) * (1 + part / 2) + 2.5 * part + 0.1 * day);
            realised.count(threshold.judge(state, score));
        }
        return realised;
    }

    /** An entity with low scores raises alarms at the promised rate too. */
    @Test
    void aThresholdFarTooHighComesDown() {
        AlarmThreshold threshold = new AlarmThreshold(calibration, 1e-3, AdaptationRates.DEFAULT);
        AlarmState state = threshold.start();
        RealisedRate late = new RealisedRate();
        float[] scores = TailCalibrationTest.logScores(random, 8 * WEEK);
        for (int i = 0; i < scores.length; i++) {
            boolean alarm = threshold.judge(state, scores[i] - 3);
            if (i > 2 * WEEK) {
                late.count(alarm);
            }
        }
        assertThat(late.against(1e-3).ratio()).isBetween(0.5, 2.0);
    }

    @Test
    void theThresholdDoesNotAdaptToAnIncidentOfHours() {
        AlarmThreshold threshold = new AlarmThreshold(calibration, 1e-3, AdaptationRates.DEFAULT);
        AlarmState state = threshold.start();
        settle(threshold, state);
        double before = threshold.threshold(state);
        float incident = (float) (before + 2 * calibration.scale());
        assertThat(threshold.judge(state, incident)).isTrue();
        double afterTheFirst = threshold.threshold(state);
        assertThat(afterTheFirst).isBetween(before - 1e-6, before + 1.5 * calibration.scale());
        for (int i = 1; i < AdaptationRates.DEFAULT.patience(); i++) {
            assertThat(threshold.judge(state, incident)).isTrue();
        }
        assertThat(threshold.threshold(state)).isBetween(before - 1e-6, before + 1.5 * calibration.scale());
        // A second incident, a day later, raises an alarm too.
        settle(threshold, state);
        assertThat(threshold.judge(state, incident)).isTrue();
    }

    @Test
    void anIncidentDoesNotRaiseTheThresholdForASecondOne() {
        AlarmThreshold threshold = new AlarmThreshold(calibration, 1e-4, AdaptationRates.DEFAULT);
        AlarmState state = threshold.start();
        double before = threshold.threshold(state);
        for (int i = 0; i < 5; i++) {
            assertThat(threshold.judge(state, before + 3)).isTrue();
        }
        for (int i = 5; i < AdaptationRates.DEFAULT.patience(); i++) {
            assertThat(threshold.threshold(state)).isLessThanOrEqualTo(before + 1e-6);
            threshold.judge(state, 0);
        }
        double late = threshold.threshold(state);
        // The burst and the windows after it are not counted.
        for (int i = 0; i < 40; i++) {
            threshold.judge(state, 0);
        }
        assertThat(threshold.threshold(state)).isGreaterThan(late + 0.3 * calibration.scale());
        assertThat(state.alarmsToLearn()).isZero();
    }

    /** An alarm each 50 windows: each of them is learned at last, though the alarms never pause for long. */
    @Test
    void alarmsDoNotGoOnForEver() {
        AlarmThreshold threshold = new AlarmThreshold(calibration, 1e-3, AdaptationRates.DEFAULT);
        AlarmState state = threshold.start();
        float high = (float) (threshold.threshold(state) + calibration.scale());
        RealisedRate late = new RealisedRate();
        float[] scores = TailCalibrationTest.logScores(random, WEEK);
        for (int i = 0; i < scores.length; i++) {
            boolean alarm = threshold.judge(state, i % 50 == 0 ? high : Math.min(scores[i], high - 1));
            if (i > 2000) {
                late.count(alarm);
            }
        }
        assertThat(late.alarms()).isLessThan(WEEK / 50 / 5);
    }

    @Test
    void aPermanentChangeBecomesNormal() {
        AlarmThreshold threshold = new AlarmThreshold(calibration, 1e-3, AdaptationRates.DEFAULT);
        AlarmState state = threshold.start();
        RealisedRate late = new RealisedRate();
        float[] scores = TailCalibrationTest.logScores(random, 6 * WEEK);
        for (int i = 0; i < scores.length; i++) {
            boolean alarm = threshold.judge(state, scores[i] + 4);
            if (i > WEEK) {
                late.count(alarm);
            }
        }
        assertThat(late.against(1e-3).ratio()).isBetween(0.5, 2.0);
    }

    /** The effect of scores depends on their number, not on their size, and that of one window is small. */
    @Test
    void theEffectOfAWindowIsBounded() {
        AlarmThreshold threshold = new AlarmThreshold(calibration, 1e-4, AdaptationRates.DEFAULT);
        AlarmState absurd = threshold.start();
        AlarmState high = threshold.start();
        threshold.judge(absurd, Float.POSITIVE_INFINITY);
        threshold.judge(high, 50);
        assertThat(absurd.location()).isEqualTo(high.location());
        assertThat(absurd.scale()).isEqualTo(high.scale());
        assertThat(absurd.correction()).isEqualTo(high.correction()).isBetween(-0.5f, 0f);
        for (int i = 0; i < 100_000; i++) {
            AlarmState state = new AlarmState(
                    (float) calibration.location(), (float) calibration.scale(), 0, random.nextInt(11), 0);
            threshold.judge(state, (float) random.nextGaussian() * 10);
            assertThat(state.location()).isCloseTo((float) calibration.location(), within(0.01f));
            assertThat(state.scale() / (float) calibration.scale()).isBetween(0.8f, 1.25f);
        }
    }

    @Test
    void equalScoresNeitherRaiseNorSuppressAllAlarms() {
        AlarmThreshold threshold = new AlarmThreshold(calibration, 1e-3, AdaptationRates.DEFAULT);
        AlarmState state = threshold.start();
        RealisedRate realised = new RealisedRate();
        for (float score : TailCalibrationTest.logScores(random, 8 * WEEK)) {
            realised.count(threshold.judge(state, Math.round(score * 4) / 4f));
        }
        assertThat(realised.against(1e-3).ratio()).isBetween(0.2, 3.0);
        assertThat(threshold.judge(state, 12)).isTrue();
    }

    @Test
    void aConstantSeriesThatBeginsToChangeRaisesFewAlarms() {
        TailCalibration constant = TailCalibration.of(List.of(new float[1000]));
        AlarmThreshold threshold = new AlarmThreshold(constant, 1e-3, AdaptationRates.DEFAULT);
        AlarmState state = threshold.start();
        RealisedRate realised = new RealisedRate();
        for (float score : TailCalibrationTest.logScores(random, 4 * WEEK)) {
            realised.count(threshold.judge(state, score));
        }
        assertThat(realised.alarms()).isBetween(1L, 3000L);
        assertThat(state.scale()).isBetween(0.25f, 1f);
    }

    @Test
    void notANumberRaisesNoAlarmAndChangesNothing() {
        AlarmThreshold threshold = new AlarmThreshold(calibration, 1e-2, AdaptationRates.DEFAULT);
        AlarmState state = threshold.start();
        assertThat(threshold.judge(state, Float.NaN)).isFalse();
        assertThat(state.location()).isEqualTo(threshold.start().location());
        assertThat(state.scale()).isEqualTo(threshold.start().scale());
        assertThat(state.correction()).isZero();
    }

    @Test
    void aStateIsRestoredFromItsFiveNumbers() {
        AlarmThreshold threshold = new AlarmThreshold(calibration, 1e-2, AdaptationRates.DEFAULT);
        AlarmState one = threshold.start();
        float[] scores = TailCalibrationTest.logScores(random, 4000);
        for (int i = 0; i < scores.length; i++) {
            AlarmState other = AlarmState.restored(
                    one.location(), one.scale(), one.correction(), one.counters(), one.pausedWindows());
            float score = scores[i] + (i % 700 < 60 ? 3 : 0);
            assertThat(threshold.judge(other, score)).isEqualTo(threshold.judge(one, score));
            assertThat(other.location()).isEqualTo(one.location());
            assertThat(other.pausedWindows()).isEqualTo(one.pausedWindows());
            assertThat(other.counters()).isEqualTo(one.counters());
        }
        assertThat(AlarmState.BYTES).isEqualTo(3 * Float.BYTES + 2 * Integer.BYTES);
    }

    @Test
    void argumentsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AlarmThreshold(calibration, 0.2, AdaptationRates.DEFAULT))
                .withMessage("`rate` must be in (0, 0.1] (got 0.2)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AdaptationRates(0, Double.NaN, 0, 1))
                .withMessage("`scaleRate` must be in [0, 0.1] (got NaN)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AdaptationRates(0, 0, 0, 0))
                .withMessage("`patience` must be at least 1 (got 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AlarmState(0, 0, 0, 0, 0))
                .withMessage(
                        "`location` and `correction` must be finite and `scale` finite and above 0 (got 0.0, 0.0 and"
                                + " 0.0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AlarmState(0, 1, 0, -1, 0))
                .withMessage("`burstLevel` and `pausedWindows` must be at least 0 (got -1 and 0)");
    }

    private void settle(AlarmThreshold threshold, AlarmState state) {
        for (float score : TailCalibrationTest.logScores(random, 1440)) {
            threshold.judge(state, score);
        }
    }

    @Test
    void aScoreAtTheThresholdIsNormalAndTheNextDoubleIsAnAlarm() {
        AlarmThreshold threshold = new AlarmThreshold(
                TailCalibration.of(List.of(new float[] {0, 1, 2, 3})), 0.01, AdaptationRates.DEFAULT);
        AlarmState state = threshold.start();
        double limit = threshold.threshold(state);
        assertThat(threshold.judge(state.copy(), limit)).isFalse();
        assertThat(threshold.judge(state.copy(), Math.nextUp(limit))).isTrue();
    }
}
