package dev.noether.incident.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.incident.tracker.TrackerHarness;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class AlarmRatesTest extends RandomizedTest {
    private static final long DAY = 86_400_000;
    /** A histogram in sixteenths of a logarithm knows a multiple to within half of that. */
    private static final double PRECISION = Math.exp(1 / 32.0) - 1 + 1e-9;

    private final AllowedAlarmRate allowed = new AllowedAlarmRate(2, true, 30 * DAY);
    private final AlarmRates rates = new AlarmRates(allowed);

    @Test
    void quantilesAndCountsAreThoseOfTheEntitiesThemselvesAtAnyTime() {
        RandomGenerator random = random();
        int entities = 500;
        long[][] alarms = new long[entities][];
        RecentAlarms[] recent = new RecentAlarms[entities];
        for (int e = 0; e < entities; e++) {
            recent[e] = new RecentAlarms();
            alarms[e] = random.longs(e < 300 ? 0 : 1 + random.nextInt(40), 0, 100 * DAY)
                    .distinct()
                    .sorted()
                    .toArray();
            for (long time : alarms[e]) {
                rates.count(recent[e], "e" + e, time, false);
            }
        }
        for (long now = 100 * DAY; now <= 200 * DAY; now += 25 * DAY) {
            double[] multiples = new double[entities];
            for (int e = 0; e < entities; e++) {
                multiples[e] = multiple(alarms[e], now);
            }
            Arrays.sort(multiples);
            assertThat(rates.quantile(1, entities, now)).isCloseTo(multiples[499], within(PRECISION * multiples[499]));
            assertThat(rates.quantile(0.99, entities, now))
                    .isCloseTo(multiples[494], within(PRECISION * multiples[494]));
            assertThat(rates.quantile(0.5, entities, now)).isZero();
            for (double limit : new double[] {0.5, 2, 10}) {
                assertThat(rates.countAbove(limit, entities, now))
                        .isBetween(
                                countAbove(multiples, limit * (1 + PRECISION)),
                                countAbove(multiples, limit / (1 + PRECISION)));
            }
        }
        for (int e = 0; e < entities; e++) {
            if (alarms[e].length > 0) {
                rates.remove(recent[e], "e" + e);
            }
        }
        assertThat(rates.quantile(1, entities, 100 * DAY)).isZero();
        assertThat(rates.highest(entities, 100 * DAY)).isEmpty();
    }

    /** Alarms that fade with the period, over the two that the budget allows. */
    private static double multiple(long[] alarms, long now) {
        return Arrays.stream(alarms)
                        .mapToDouble(time -> Math.exp(-(now - time) / (30.0 * DAY)))
                        .sum()
                / 2;
    }

    private static long countAbove(double[] multiples, double limit) {
        return Arrays.stream(multiples).filter(value -> value > limit).count();
    }

    @Test
    void aSteadyRateIsKnownAsTheMultipleThatItIs() {
        RecentAlarms alarms = new RecentAlarms();
        // Every third day for a year: ten in thirty days, five times the budget.
        long time = 0;
        for (; time < 365 * DAY; time += 3 * DAY) {
            rates.count(alarms, "a", time, false);
        }
        assertThat(rates.quantile(1, 1, time - DAY)).isBetween(4.6, 5.4);
        assertThat(rates.countAbove(2, 1, time)).isEqualTo(1);
        assertThat(rates.countAbove(10, 1, time)).isZero();
    }

    @Test
    void theHighestRatesAreNamed() {
        for (int e = 0; e < 30; e++) {
            RecentAlarms alarms = new RecentAlarms();
            for (int i = 0; i <= e; i++) {
                rates.count(alarms, "e" + e, i, false);
            }
        }
        assertThat(List.of(rates.highest(30, 30).split(", ")))
                .hasSize(AlarmRates.NAMED)
                .startsWith("e29 15.0", "e28 14.5")
                .endsWith("e20 10.5");
    }

    @Test
    void aRepeatedOrLateScoreIsNoWindowOfItsOwn() {
        RecentAlarms alarms = new RecentAlarms();
        for (long time : new long[] {5, 5, 3, 5}) {
            rates.count(alarms, "a", time, false);
        }
        assertThat(alarms.windows(5, DAY)).isEqualTo(1);
    }

    @Test
    void aBudgetForAllIsSharedByTheEntities() {
        AllowedAlarmRate shared = new AllowedAlarmRate(5, false, DAY);
        assertThat(shared.perEntity(100)).isEqualTo(0.05);
        AlarmRates ofAll = new AlarmRates(shared);
        ofAll.count(new RecentAlarms(), "a", 0, true);
        assertThat(ofAll.quantile(1, 100, 0)).isBetween(20 / (1 + PRECISION), 20 * (1 + PRECISION));
    }

    @Test
    void anEntityFarAboveTheBudgetHasAWarning() {
        TrackerHarness harness = new TrackerHarness();
        for (int i = 0; i < 5; i++) {
            harness.anomalous("a", TrackerHarness.evidence(i * 3_600_000L, 7));
            harness.watermark((i + 1) * 3_600_000L - 1);
        }
        List<String> opened = harness.reports.stream()
                .filter(report -> report.kind() == IncidentKind.ANOMALY && report.state() == IncidentState.OPENED)
                .map(Incident::description)
                .toList();
        assertThat(opened).hasSize(5);
        assertThat(opened.subList(0, 3)).noneMatch(text -> text.contains("the budget"));
        assertThat(opened.get(4)).endsWith("; about 5 incidents in the last 24 hours; the budget allows 1");
    }
}
