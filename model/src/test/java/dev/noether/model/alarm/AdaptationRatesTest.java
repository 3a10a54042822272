package dev.noether.model.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** How the state of an entity adapts to its scores. */
final class AdaptationRatesTest extends RandomizedTest {
    private static final double RATE = 0.01;
    private static final float HIGH = 100;
    private static final TailCalibration CALIBRATION =
            TailCalibration.of(List.of(TailCalibrationTest.logScores(random(), 5000)));

    /** Compares each step with the rule in double precision. */
    @Test
    void eachStepFollowsTheRule() {
        RandomGenerator random = random();
        for (int round = 0; round < 20; round++) {
            AdaptationRates adaptation = new AdaptationRates(
                    random.nextDouble(0.1), random.nextDouble(0.1), random.nextDouble(0.1), random.nextInt(1, 60));
            AlarmThreshold threshold = new AlarmThreshold(CALIBRATION, RATE, adaptation);
            AlarmState state = threshold.start();
            float[] scores = TailCalibrationTest.logScores(random, 2000);
            for (int i = 0; i < scores.length; i++) {
                float score = scores[i] + (i % 300 < 40 ? 3 * random.nextFloat() : 0);
                AlarmState before = state.copy();
                boolean alarm = threshold.judge(state, score);
                assertThat(alarm).isEqualTo(score > threshold.threshold(before));
                boolean clear = alarm && threshold.surprise(before, score) > 3 - Math.log(RATE);
                assertStep(before, state, score, alarm, clear, adaptation);
            }
        }
    }

    private static void assertStep(
            AlarmState before,
            AlarmState after,
            double score,
            boolean alarm,
            boolean clear,
            AdaptationRates adaptation) {
        Numbers numbers = new Numbers(before);
        int waiting = before.alarmsToLearn();
        // The excess that 1 in 40 of the exceedances has, in a generalized Pareto distribution.
        double rareExcess = (Math.pow(40, CALIBRATION.shape()) - 1) / CALIBRATION.shape();
        boolean rare = score > numbers.location + numbers.scale * rareExcess;
        int level = rare ? Math.min(40, before.burstLevel() + 10) : Math.max(0, before.burstLevel() - 1);
        assertThat(after.burstLevel()).isEqualTo(level);
        boolean paused = level > 10 && before.pausedWindows() < adaptation.patience();
        int pausedWindows = level <= 10 ? 0 : before.pausedWindows() + (paused ? 1 : 0);
        assertThat(after.pausedWindows()).isEqualTo(pausedWindows);
        boolean above = score > numbers.location;
        if (!paused && waiting > 0 && before.windowsToLearn() <= 1) {
            for (; waiting > 0; waiting--) {
                numbers.step(true, true, true, adaptation);
            }
            above = score > numbers.location;
        }
        boolean waits = !paused && clear && rare && pausedWindows == 0;
        assertThat(after.alarmsToLearn()).isEqualTo(waiting + (waits ? 1 : 0));
        if (!paused && !waits) {
            numbers.step(above, rare, alarm, adaptation);
        }
        assertThat((double) after.location()).isCloseTo(numbers.location, within(1e-5));
        assertThat((double) after.scale()).isCloseTo(numbers.scale, within(1e-6));
        assertThat((double) after.correction()).isCloseTo(numbers.correction, within(1e-6));
    }

    /** The adapting numbers, by the formulas of the documentation. */
    private static final class Numbers {
        double location;
        double scale;
        double correction;

        Numbers(AlarmState state) {
            location = state.location();
            scale = state.scale();
            correction = state.correction();
        }

        void step(boolean above, boolean rare, boolean alarm, AdaptationRates adaptation) {
            location += scale * adaptation.locationRate() * (above ? 9 : -1);
            scale *= Math.exp(adaptation.scaleRate() * (rare ? 399 : -1));
            scale = Math.min(2 * CALIBRATION.scale(), Math.max(CALIBRATION.scale() / 2, scale));
            double step = adaptation.correctionRate() / Math.sqrt(RATE);
            correction += alarm ? -Math.min(0.5, step * (1 - RATE)) : step * RATE;
            correction = Math.min(1.4, Math.max(-1.4, correction));
        }
    }

    @Test
    void aBurstCountsOnce() {
        AlarmThreshold threshold = new AlarmThreshold(CALIBRATION, RATE, AdaptationRates.DEFAULT);
        AlarmState single = threshold.start();
        threshold.judge(single, HIGH);
        AlarmState burst = threshold.start();
        for (int i = 0; i < 200; i++) {
            assertThat(threshold.judge(burst, HIGH))
                    .as("all high scores raise an alarm")
                    .isTrue();
            assertThat(burst.location()).isEqualTo(single.location());
            assertThat(burst.scale()).isEqualTo(single.scale());
            assertThat(burst.correction()).isEqualTo(single.correction());
        }
    }

    @Test
    void theWindowsAfterABurstArePartOfIt() {
        AlarmThreshold threshold = new AlarmThreshold(CALIBRATION, RATE, AdaptationRates.DEFAULT);
        AlarmState state = threshold.start();
        threshold.judge(state, HIGH);
        threshold.judge(state, HIGH);
        float location = state.location();
        for (int quiet = 1; quiet < 10; quiet++) {
            threshold.judge(state, -HIGH);
            assertThat(state.location()).as("window %d after the burst", quiet).isEqualTo(location);
        }
        threshold.judge(state, -HIGH);
        assertThat(state.location()).isLessThan(location);
        assertThat(state.pausedWindows()).isZero();
    }

    @Test
    void aBurstThatOutlastsThePatienceIsTheNewNormal() {
        int patience = 25;
        AlarmThreshold threshold = new AlarmThreshold(CALIBRATION, RATE, new AdaptationRates(0.01, 0, 0, patience));
        AlarmState state = threshold.start();
        threshold.judge(state, HIGH);
        float location = state.location();
        for (int i = 0; i < patience; i++) {
            threshold.judge(state, HIGH);
            assertThat(state.location()).isEqualTo(location);
        }
        for (int i = 0; i < 5; i++) {
            threshold.judge(state, HIGH);
            assertThat(state.location()).isGreaterThan(location);
            location = state.location();
        }
    }

    /** Whatever the scores are, scale and correction stay within their bounds, and later scores can be judged. */
    @Test
    void scaleAndCorrectionAreBounded() {
        RandomGenerator random = random();
        float calibrated = (float) CALIBRATION.scale();
        AdaptationRates fastest = new AdaptationRates(0.1, 0.1, 0.1, 1);
        float[] scores = {HIGH, -HIGH, 0, 1e30f, -1e30f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN};
        for (int round = 0; round < 50; round++) {
            AlarmThreshold threshold = new AlarmThreshold(CALIBRATION, RATE, fastest);
            AlarmState state = threshold.start();
            for (int i = 0; i < 500; i++) {
                threshold.judge(state, scores[random.nextInt(round % 2 == 0 ? 2 : scores.length)]);
                assertThat(state.location()).isFinite();
                assertThat(state.scale()).isBetween(calibrated / 2.001f, calibrated * 2.001f);
                assertThat(state.correction()).isBetween(-1.4f, 1.4f);
                assertThat(state.burstLevel()).isBetween(0, 40);
                assertThat(threshold.threshold(state)).isFinite();
                assertThat(threshold.pValue(state, 3)).isBetween(0.0, 1.0);
            }
        }
    }

    /** Between bursts of a whole period no score is rare; that is no reason to narrow the threshold. */
    @Test
    void withLongBurstsTheScaleNeverFallsBelowTheCalibratedOne() {
        AlarmThreshold usual = new AlarmThreshold(CALIBRATION, RATE, AdaptationRates.DEFAULT);
        AlarmThreshold longBursts = new AlarmThreshold(CALIBRATION, RATE, AdaptationRates.LONG_BURSTS);
        AlarmState narrowed = usual.start();
        AlarmState kept = longBursts.start();
        for (int i = 0; i < 5000; i++) {
            usual.judge(narrowed, -HIGH);
            longBursts.judge(kept, -HIGH);
        }
        float calibrated = (float) CALIBRATION.scale();
        assertThat(narrowed.scale()).isLessThan(0.6f * calibrated);
        assertThat(kept.scale()).isEqualTo(calibrated);
    }

    @Test
    void withoutAlarmsTheCorrectionRisesToItsBound() {
        AlarmThreshold threshold = new AlarmThreshold(CALIBRATION, RATE, new AdaptationRates(0, 0, 0.1, 1));
        AlarmState state = threshold.start();
        double before = threshold.threshold(state);
        for (int i = 0; i < 1000; i++) {
            threshold.judge(state, -HIGH);
        }
        assertThat(state.correction()).isEqualTo(1.4f);
        // The requested rate is e^1.4 = 4.1 times the promised one, so the threshold is lower.
        assertThat(threshold.threshold(state)).isLessThan(before);
        assertThat(threshold.pValue(state, (float) before)).isCloseTo(RATE * Math.exp(-1.4), within(1e-5));
    }

    @Test
    void withoutAdaptationNoScoreChangesTheThreshold() {
        AlarmThreshold threshold = new AlarmThreshold(CALIBRATION, RATE, AdaptationRates.NONE);
        AlarmState state = threshold.start();
        double before = threshold.threshold(state);
        for (float score : TailCalibrationTest.logScores(random(), 3000)) {
            threshold.judge(state, 2 * score);
        }
        assertThat(threshold.threshold(state)).isEqualTo(before);
    }

    @Test
    void aCopyOfAStateIsIndependent() {
        AlarmThreshold threshold = new AlarmThreshold(CALIBRATION, RATE, AdaptationRates.DEFAULT);
        AlarmState state = new AlarmState(1, 2, 0.5f, 7, 3);
        AlarmState copy = state.copy();
        threshold.judge(copy, HIGH);
        assertThat(state.location()).isEqualTo(1);
        assertThat(state.burstLevel()).isEqualTo(7);
        assertThat(copy.burstLevel()).isEqualTo(17);
    }
}
