package dev.noether.incident.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Counts that fade, the warning that they cause, and the budget that they are compared with. */
class RecentAlarmsTest extends RandomizedTest {
    private static final long DAY = 86_400_000;

    private final RecentAlarms alarms = new RecentAlarms();

    @Test
    void countsFadeByAFactorOfEInOnePeriod() {
        alarms.count(0, true, DAY);
        alarms.count(1, false, DAY);
        assertThat(alarms.windows(1, DAY)).isCloseTo(2, within(1e-6));
        assertThat(alarms.windows(DAY, DAY)).isCloseTo(2 / Math.E, within(1e-6));
        assertThat(alarms.incidents(2 * DAY, DAY)).isCloseTo(Math.exp(-2), within(1e-6));
    }

    @Test
    void aTimeBeforeTheNewestAlarmDoesNotEnlargeTheCounts() {
        alarms.count(5 * DAY, true, DAY);
        assertThat(alarms.windows(0, DAY)).isEqualTo(1);
        assertThat(alarms.incidents(0, DAY)).isEqualTo(1);
    }

    @Test
    void aSteadyRateIsTheNumberInOnePeriod() {
        for (int i = 0; i < 24 * 30; i++) {
            alarms.count(i * DAY / 24, i % 4 == 0, DAY);
        }
        assertThat(alarms.windows(30 * DAY, DAY)).isBetween(23.0, 25.0);
        assertThat(alarms.incidents(30 * DAY, DAY)).isBetween(5.5, 6.5);
    }

    @Test
    void theLogLevelChangesOnlyWithAnAlarm(RandomGenerator random) {
        long time = 0;
        for (int i = 0; i < 100; i++) {
            time += random.nextInt(1, 86_400_000);
            alarms.count(time, false, DAY);
            long later = time + random.nextInt(86_400_000);
            assertThat(Math.exp(alarms.logLevel(DAY) - later / (double) DAY))
                    .isCloseTo(alarms.windows(later, DAY), within(1e-6));
        }
    }

    @Test
    void stateIsReadAsItWasWrittenAfterEachStep(RandomGenerator random) throws IOException {
        RecentAlarms restored = new RecentAlarms();
        for (int i = 0; i < 200; i++) {
            long time = random.nextLong(100 * DAY);
            boolean isNew = random.nextBoolean();
            alarms.count(time, isNew, DAY);
            restored.count(time, isNew, DAY);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            restored.write(new DataOutputStream(bytes));
            assertThat(bytes.size()).isEqualTo(RecentAlarms.BYTES);
            restored = RecentAlarms.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
            assertThat(restored.windows(time, DAY)).isEqualTo(alarms.windows(time, DAY));
            assertThat(restored.incidents(time, DAY)).isEqualTo(alarms.incidents(time, DAY));
            assertThat(restored.isEmpty()).isFalse();
        }
    }

    @Test
    void aCopyDoesNotFollowItsOriginal() {
        alarms.count(0, true, DAY);
        RecentAlarms copy = alarms.copy();
        alarms.count(1, true, DAY);
        assertThat(copy.windows(1, DAY)).isCloseTo(1, within(1e-6));
    }

    @Test
    void onlyMoreThanTwiceTheBudgetIsAWarning() {
        AlarmRates rates = new AlarmRates(new AllowedAlarmRate(2, true, 7 * DAY));
        for (int i = 1; i <= 4; i++) {
            alarms.count(0, true, 7 * DAY);
            assertThat(rates.warning(alarms, 10, 0)).as("%d incidents", i).isEmpty();
        }
        alarms.count(0, true, 7 * DAY);
        assertThat(rates.warning(alarms, 10, 0))
                .isEqualTo("; about 5 incidents in the last 7 days; the budget allows 2");
    }

    @Test
    void twoIncidentsAreNoWarningHoweverSmallTheBudget() {
        AlarmRates rates = new AlarmRates(new AllowedAlarmRate(5, false, DAY));
        alarms.count(0, true, DAY);
        alarms.count(0, true, DAY);
        assertThat(rates.warning(alarms, 1_000, 0)).isEmpty();
        alarms.count(0, true, DAY);
        assertThat(rates.warning(alarms, 1_000, 0))
                .isEqualTo("; about 3 incidents in the last 24 hours; the budget allows 0.005");
        assertThat(rates.warning(alarms, 1_000, DAY)).as("a day later").isEmpty();
    }

    @Test
    void equalRatesAreNamedInTheOrderOfTheirNames() {
        AlarmRates rates = new AlarmRates(new AllowedAlarmRate(1, true, DAY));
        for (String entity : new String[] {"c", "a", "b"}) {
            rates.count(new RecentAlarms(), entity, 0, true);
        }
        assertThat(rates.highest(3, 0)).isEqualTo("a 1.0, b 1.0, c 1.0");
        assertThat(rates.highest(3, DAY)).isEqualTo("a 0.4, b 0.4, c 0.4");
    }

    @Test
    void restoredEntitiesCountLikeBefore() {
        AlarmRates before = new AlarmRates(new AllowedAlarmRate(1, true, DAY));
        before.count(alarms, "a", 0, true);
        before.count(alarms, "a", 5, true);
        AlarmRates after = new AlarmRates(new AllowedAlarmRate(1, true, DAY));
        after.add(alarms, "a");
        assertThat(after.highest(1, 5)).isEqualTo(before.highest(1, 5));
        assertThat(after.quantile(1, 1, 5)).isEqualTo(before.quantile(1, 1, 5));
        assertThat(after.countAbove(1.5, 1, 5)).isEqualTo(1);
    }

    @Test
    void aBudgetMustBePositive() {
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new AllowedAlarmRate(bad, true, 1))
                    .hasMessage("`count` must be above 0 and finite (got " + bad + ")");
        }
        assertThatThrownBy(() -> new AllowedAlarmRate(1, true, 0))
                .hasMessage("`periodMillis` must be at least 1 (got 0)");
        assertThat(new AllowedAlarmRate(5, false, 1).perEntity(0)).isEqualTo(5);
        assertThat(new AllowedAlarmRate(5, true, 1).perEntity(1_000)).isEqualTo(5);
    }
}
