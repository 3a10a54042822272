package dev.noether.model.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class JointAlarmTest extends RandomizedTest {
    private static final ParetoTail EXPONENTIAL = new ParetoTail(0);
    private static final ViewTail ROW = new ViewTail(1, 2, 0.5, EXPONENTIAL);
    private static final double SHARE = 0.1;
    private static final JointAlarm JOINT =
            JointAlarm.of(ROW, Map.of(AlarmView.STARTING, new ViewTail(SHARE, 10, 3, new ParetoTail(-0.1))));

    private static double[] values(double starting) {
        double[] values = new double[AlarmView.values().length];
        values[AlarmView.STARTING.ordinal()] = starting;
        return values;
    }

    @Test
    void withoutViewsTheScoreStays() {
        assertThat(JointAlarm.NONE.score(3.5, values(1e9))).isEqualTo(3.5);
    }

    @Test
    void aViewOnlyRaisesAScoreThatIsLessRare(RandomGenerator random) {
        for (int i = 0; i < 1000; i++) {
            double score = 6 * random.nextDouble();
            double starting = 40 * random.nextDouble();
            double joint = JOINT.score(score, values(starting));
            double expected = Math.max(
                    ROW.surprise(score), JOINT.views().get(AlarmView.STARTING).surprise(starting));
            assertThat(joint).isGreaterThanOrEqualTo(score);
            assertThat(ROW.surprise(joint)).isCloseTo(expected, within(1e-9 + (expected < 2.4 ? 2.4 : 0)));
        }
    }

    @Test
    void theRarestViewRaisesTheScore() {
        JointAlarm joint = JointAlarm.of(
                ROW,
                Map.of(
                        AlarmView.STARTING, new ViewTail(SHARE, 10, 3, EXPONENTIAL),
                        AlarmView.FEATURES, new ViewTail(SHARE, 2, 1, EXPONENTIAL)));
        double[] values = values(40);
        values[AlarmView.FEATURES.ordinal()] = 11;
        assertThat(joint.isRaisedBy(AlarmView.STARTING, 3, values)).isTrue();
        assertThat(joint.isRaisedBy(AlarmView.FEATURES, 3, values)).isFalse();
        values[AlarmView.FEATURES.ordinal()] = 13;
        assertThat(joint.isRaisedBy(AlarmView.STARTING, 3, values)).isFalse();
        assertThat(joint.isRaisedBy(AlarmView.FEATURES, 3, values)).isTrue();
        assertThat(joint.isRaisedBy(AlarmView.FEATURES, 20, values))
                .as("the score is rarer")
                .isFalse();
        assertThat(joint.isRaisedBy(AlarmView.COUNTS, 3, values))
                .as("no such view")
                .isFalse();
    }

    @Test
    void aViewAddsItsPartOfTheBudget(RandomGenerator random) {
        int rows = 400_000;
        int alarms = 0;
        ViewTail tail = new ViewTail(SHARE, 10, 3, EXPONENTIAL);
        JointAlarm joint = JointAlarm.of(ROW, Map.of(AlarmView.STARTING, tail));
        double threshold = ROW.location() + ROW.scale() * Math.log(0.1 / 1e-3);
        for (int i = 0; i < rows; i++) {
            double score = ROW.location() + ROW.scale() * (-Math.log(random.nextDouble()) + Math.log(0.1));
            double starting = 10 + 3 * (-Math.log(random.nextDouble()) + Math.log(0.1));
            alarms += joint.score(score, values(starting)) > threshold ? 1 : 0;
        }
        assertThat((double) alarms / rows).isCloseTo(1e-3 * (1 + SHARE), within(2e-4));
    }

    @Test
    void aRowWithoutAValueStays() {
        assertThat(JOINT.score(1.5, values(Double.NaN))).isEqualTo(1.5);
    }

    @Test
    void aTailMustBePositive() {
        assertThatThrownBy(() -> new ViewTail(0, 1, 1, EXPONENTIAL)).hasMessageContaining("`budgetShare`");
        assertThatThrownBy(() -> new ViewTail(1, 1, 0, EXPONENTIAL)).hasMessageContaining("`scale`");
    }
}
