package dev.noether.lab.evaluate.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.lab.evaluate.detect.DetectorOutput.AlarmRule;
import dev.noether.lab.evaluate.detect.DetectorOutput.RowScores;
import dev.noether.lab.evaluate.detect.DetectorOutput.Timing;
import dev.noether.model.alarm.TailCalibration;
import dev.noether.schemas.Verdict;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DetectorOutputTest extends RandomizedTest {
    @Test
    void withoutACalibrationAlarmsFollowThePValues() {
        double[] pValues = {0.5, 0.01, 0.0099, Double.NaN, 0};
        DetectorOutput output = output(new double[5], pValues, null);
        assertThat(output.alarmsAt(0.01)).containsExactly(false, true, true, false, true);
        assertThat(output.alarmsAt(0.001)).containsExactly(false, false, false, false, true);
    }

    @Test
    void anAdaptiveThresholdKeepsItsBudgetOnScoresLikeTheCalibration() {
        RandomGenerator random = random();
        float[] calibration = scores(random, 5_000);
        double[] test = doubles(scores(random, 20_000));
        DetectorOutput output = output(test, new double[test.length], TailCalibration.of(List.of(calibration)));
        for (double budget : new double[] {0.05, 0.01}) {
            boolean[] alarms = output.alarmsAt(budget);
            int raised = count(alarms);
            assertThat(raised / (double) test.length).as("budget %s", budget).isBetween(budget / 2, budget * 2);
        }
        test[test.length - 1] = 1e6;
        assertThat(output.alarmsAt(0.01)[test.length - 1])
                .as("a score far above all others")
                .isTrue();
    }

    @Test
    void anUnscoredRowRaisesNoAlarm() {
        double[] test = new double[50];
        Arrays.fill(test, Double.NaN);
        TailCalibration calibration = TailCalibration.of(List.of(scores(random(), 1_000)));
        assertThat(count(output(test, test, calibration).alarmsAt(0.05))).isZero();
    }

    @Test
    void verdictsAreAlarmsWhereTheyAreAnomalous() {
        RowScores rows = new RowScores(new double[3], new double[3], new double[3], new Verdict[] {
            Verdict.NORMAL, Verdict.ANOMALOUS, Verdict.UNSCORED
        });
        DetectorOutput output = new DetectorOutput(rows, null, List.of(), new AlarmRule(0.01, null), new Timing(1, 1));
        assertThat(output.verdictAlarms()).containsExactly(false, true, false);
        assertThat(output.length()).isEqualTo(3);
    }

    private static DetectorOutput output(
            double[] alarmScores, double[] pValues, @Nullable TailCalibration calibration) {
        Verdict[] verdicts = new Verdict[alarmScores.length];
        Arrays.fill(verdicts, Verdict.NORMAL);
        return new DetectorOutput(
                new RowScores(alarmScores, alarmScores, pValues, verdicts),
                null,
                List.of(),
                new AlarmRule(0.01, calibration),
                new Timing(1, 1));
    }

    private static float[] scores(RandomGenerator random, int count) {
        float[] scores = new float[count];
        for (int i = 0; i < count; i++) {
            scores[i] = (float) random.nextExponential();
        }
        return scores;
    }

    private static int count(boolean[] alarms) {
        int raised = 0;
        for (boolean alarm : alarms) {
            raised += alarm ? 1 : 0;
        }
        return raised;
    }
}
