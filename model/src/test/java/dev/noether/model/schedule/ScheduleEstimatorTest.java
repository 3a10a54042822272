package dev.noether.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.testing.RecurringJobs;
import dev.noether.model.testing.RecurringJobs.Timing;
import dev.noether.testing.RandomizedTest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScheduleEstimatorTest extends RandomizedTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Timing DAILY = Timing.exact(Duration.ofDays(1), Duration.ofHours(2), Duration.ofMinutes(20));
    private static final Timing HOURLY =
            Timing.exact(Duration.ofHours(1), Duration.ofMinutes(30), Duration.ofMinutes(5));

    private static ScheduleFit fit(RecurringJobs stream, Duration interval, String zone) {
        return new ScheduleEstimator(
                        RecurringJobs.FEATURES, interval.toMillis(), new ScheduleOptions(ScheduleChoice.AUTO, zone))
                .fit(List.of(new ScheduleSeries("host", stream.times(), stream.rows())), RecurringJobs.NAMES);
    }

    private static ScheduleFit fit(RecurringJobs stream) {
        return fit(stream, MINUTE, "UTC");
    }

    @Test
    void aStreamWithoutJobsHasNoSchedule(RandomGenerator random) {
        for (int round = 0; round < 40; round++) {
            RecurringJobs stream = new RecurringJobs(random, 4 + random.nextInt(4), MINUTE);
            assertThat(fit(stream).jobs()).as("round " + round).isEmpty();
        }
    }

    @Test
    void burstsAtAnyTimeAreNoSchedule(RandomGenerator random) {
        int found = 0;
        for (int round = 0; round < 40; round++) {
            RecurringJobs stream = new RecurringJobs(random, 7, MINUTE);
            for (int burst = 0; burst < 5 + 40 * (round % 3); burst++) {
                long begin = RecurringJobs.START + random.nextLong(7L * 24 * 3_600_000);
                stream.add(begin, 60_000L * random.nextInt(1, 30), 20 + random.nextInt(20));
            }
            found += fit(stream).schedule() == null ? 0 : 1;
        }
        // One in a hundred for each period.
        assertThat(found).isLessThanOrEqualTo(2);
    }

    @Test
    void aJobOfEachDayIsFound(RandomGenerator random) {
        ScheduleFit fit = fit(new RecurringJobs(random, 7, MINUTE).run(DAILY));
        assertThat(fit.jobs()).containsExactly("every day 02:00 to 02:20: latency, load (host)");
    }

    @Test
    void jobsOfEachHourAndOfEachDayAreFoundTogether(RandomGenerator random) {
        ScheduleFit fit = fit(new RecurringJobs(random, 7, MINUTE).run(HOURLY).run(DAILY));
        assertThat(fit.jobs())
                .containsExactly(
                        "every hour from 00:30 for 5 minutes: latency, load (host)",
                        "every day 02:00 to 02:20: latency, load (host)");
    }

    @Test
    void aJobOfWeekendsIsFoundInThreeWeeks(RandomGenerator random) {
        Timing saturday = Timing.exact(Duration.ofDays(7), Duration.ofDays(2).plusHours(3), Duration.ofMinutes(30));
        Timing sunday = Timing.exact(Duration.ofDays(7), Duration.ofDays(3).plusHours(3), Duration.ofMinutes(30));
        RecurringJobs stream =
                new RecurringJobs(random, 21, MINUTE).run(saturday).run(sunday);
        assertThat(fit(stream).jobs())
                .containsExactlyInAnyOrder(
                        "every Saturday 03:00 to 03:30: latency, load (host)",
                        "every Sunday 03:00 to 03:30: latency, load (host)");
        assertThat(fit(new RecurringJobs(random, 14, MINUTE).run(saturday).run(sunday))
                        .schedule())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 30, 60, 300})
    void aJobIsFoundInRowsOfAnyInterval(int seconds) {
        Duration interval = Duration.ofSeconds(seconds);
        ScheduleFit fit = fit(new RecurringJobs(random(), 5, interval).run(DAILY), interval, "UTC");
        assertThat(fit.jobs()).containsExactly("every day 02:00 to 02:20: latency, load (host)");
    }

    /** On 8 March 2026 clocks in New York are put forward, and on 29 March those in Berlin. */
    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/New_York", "UTC"})
    void theZoneIsTheOneInWhichTheHistoryRepeats(String zone) {
        Timing daily = Timing.exact(Duration.ofDays(1), Duration.ofHours(4), Duration.ofMinutes(20));
        RecurringJobs stream = new RecurringJobs(random(), 34, MINUTE).run(daily, ZoneId.of(zone), 0, Long.MAX_VALUE);
        ScheduleFit found = fit(stream, MINUTE, ScheduleOptions.FIND_ZONE);
        assertThat(found.schedule()).isNotNull();
        assertThat(found.schedule().zone()).isEqualTo(zone);
        assertThat(found.jobs()).containsExactly("every day 04:00 to 04:20: latency, load (host)");
    }

    @Test
    void theZoneIsUtcWhereNoClockChanges(RandomGenerator random) {
        assertThat(ZoneCandidates.of(Instant.parse("2026-01-05T00:00:00Z"), Instant.parse("2026-01-19T00:00:00Z")))
                .isEmpty();
        assertThat(ZoneCandidates.of(Instant.parse("2026-03-02T00:00:00Z"), Instant.parse("2026-04-05T00:00:00Z")))
                .startsWith("Europe/Berlin", "America/New_York", "America/Chicago")
                .doesNotContain("Europe/Paris", "UTC")
                .hasSizeLessThanOrEqualTo(6);
        RecurringJobs stream = new RecurringJobs(random, 5, MINUTE).run(DAILY);
        assertThat(fit(stream, MINUTE, ScheduleOptions.FIND_ZONE).schedule())
                .isEqualTo(fit(stream, MINUTE, "UTC").schedule());
    }

    /** On 29 March 2026 clocks in Berlin are put forward. */
    @Test
    void aJobFollowsTheClockOfItsZone(RandomGenerator random) {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        RecurringJobs stream = new RecurringJobs(random, 34, MINUTE).run(DAILY, berlin, 0, Long.MAX_VALUE);
        assertThat(fit(stream, MINUTE, "Europe/Berlin").jobs())
                .containsExactly("every day 02:00 to 02:20: latency, load (host)");
        LocalClock clock = new LocalClock(berlin);
        long before = Instant.parse("2026-03-29T00:59:59.999Z").toEpochMilli();
        assertThat(clock.local(before + 1) - clock.local(before)).isEqualTo(3_600_001);
        assertThat(clock.local(before) - before).isEqualTo(3_600_000);
    }

    @Test
    void theHistoryIsCorrectedByTheOtherRepeatsOnly(RandomGenerator random) {
        RecurringJobs stream = new RecurringJobs(random, 7, MINUTE).run(DAILY);
        long secondRun = stream.begins(DAILY, ZoneOffset.UTC).get(1);
        stream.add(secondRun, 20 * 60_000L, 60);
        float[] amounts = fit(stream).amounts().get(0);
        // The other runs have a load of 30, so of a run with 90 no more than that is expected.
        int middle = stream.rowAt(secondRun) + 10;
        assertThat(amounts[middle * RecurringJobs.FEATURES + 1]).isBetween(25f, 36f);
    }

    /** The runs begin at other minutes, differ by a factor of ten, and rest at their level in between. */
    @Test
    void aJobThatRestsInBetweenIsFound(RandomGenerator random) {
        int found = 0;
        for (int round = 0; round < 30; round++) {
            RecurringJobs stream = new RecurringJobs(random, 7, MINUTE);
            for (long begin : stream.begins(DAILY, ZoneOffset.UTC)) {
                double load = 12 * Math.pow(10, random.nextDouble());
                long late = 60_000L * random.nextInt(4);
                for (int part = 0; part < 3; part++) {
                    stream.add(begin + late + part * 6 * 60_000L, 4 * 60_000L, load);
                }
            }
            found += fit(stream).schedule() == null ? 0 : 1;
        }
        assertThat(found).isGreaterThan(10);
    }

    @Test
    void aHungRunOfTheHistoryDoesNotWidenTheSchedule(RandomGenerator random) {
        RecurringJobs stream = new RecurringJobs(random, 7, MINUTE).run(DAILY);
        stream.add(stream.begins(DAILY, ZoneOffset.UTC).get(3) + 20 * 60_000L, 70 * 60_000L, 30);
        Schedule schedule = fit(stream).schedule();
        assertThat(schedule).isNotNull();
        ScheduleLayer layer = schedule.pages().get(0).layers().get(0);
        assertThat(layer.bin()[layer.entries() - 1]).isLessThanOrEqualTo(120 + 21);
    }

    @Test
    void largeNumbersDoNotMatter(RandomGenerator random) {
        RecurringJobs stream = new RecurringJobs(random, 5, MINUTE).run(DAILY);
        Schedule plain = fit(stream).schedule();
        for (int i = 0; i < stream.rows().length; i++) {
            stream.rows()[i] *= 0x1p40f;
        }
        Schedule large = fit(stream).schedule();
        assertThat(plain).isNotNull();
        assertThat(large).isNotNull();
        ScheduleLayer layer = plain.pages().get(0).layers().get(0);
        ScheduleLayer times = large.pages().get(0).layers().get(0);
        assertThat(times.bin()).isEqualTo(layer.bin());
        for (int i = 0; i < layer.entries(); i++) {
            assertThat(times.high()[i]).isEqualTo(layer.high()[i] * 0x1p40f);
        }
    }
}
