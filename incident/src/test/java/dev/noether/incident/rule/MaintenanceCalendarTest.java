package dev.noether.incident.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaintenanceCalendarTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void everyDayOfAYearAtTheSameLocalTimeOverBothChangesOfTheClock() throws Exception {
        MaintenanceCalendar calendar = calendar("""
                SUMMARY:backup
                DTSTART;TZID=Europe/Berlin:20240101T043000
                DTEND;TZID=Europe/Berlin:20240101T053000
                RRULE:FREQ=DAILY
                """);
        for (LocalDate day = LocalDate.of(2026, 1, 1); day.getYear() == 2026; day = day.plusDays(1)) {
            long start = ZonedDateTime.of(day, LocalTime.of(4, 30), BERLIN)
                    .toInstant()
                    .toEpochMilli();
            assertThat(calendar.maintenance("a", start - 1))
                    .as("before %s", day)
                    .isNull();
            assertThat(calendar.maintenance("a", start)).as("at %s", day).isEqualTo("maintenance: backup");
            assertThat(calendar.maintenance("a", start + 3_599_999)).isEqualTo("maintenance: backup");
            assertThat(calendar.maintenance("a", start + 3_600_000))
                    .as("after %s", day)
                    .isNull();
        }
    }

    @Test
    void weeklyOnDaysWithIntervalAndCount() throws Exception {
        MaintenanceCalendar calendar = calendar("""
                DTSTART;TZID=America/New_York:20260302T220000
                DURATION:PT2H
                RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=5
                """);
        ZoneId zone = ZoneId.of("America/New_York");
        // Every second week: Mar 2 and 5, Mar 16 and 19 (after the clock changed on the 8th), Mar 30, then no more.
        for (String day : new String[] {"2026-03-02", "2026-03-05", "2026-03-16", "2026-03-19", "2026-03-30"}) {
            assertThat(calendar.maintenance("a", at(day, 22, zone))).as(day).isNotNull();
            assertThat(calendar.maintenance("a", at(day, 22, zone) - 1)).isNull();
        }
        for (String day : new String[] {"2026-03-09", "2026-03-12", "2026-04-02", "2026-04-13", "2026-02-16"}) {
            assertThat(calendar.maintenance("a", at(day, 22, zone))).as(day).isNull();
        }
    }

    @Test
    void monthlyOnTheLastFridayUntil() throws Exception {
        MaintenanceCalendar calendar = calendar("""
                DTSTART:20260130T200000Z
                DTEND:20260130T210000Z
                RRULE:FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20260401T000000Z
                """);
        assertThat(maintenance(calendar, "2026-01-30T20:30:00Z")).isNotNull();
        assertThat(maintenance(calendar, "2026-02-27T20:30:00Z")).isNotNull();
        assertThat(maintenance(calendar, "2026-03-27T20:30:00Z")).isNotNull();
        assertThat(maintenance(calendar, "2026-03-20T20:30:00Z")).isNull();
        assertThat(maintenance(calendar, "2026-04-24T20:30:00Z")).isNull();
    }

    @Test
    void aWholeDayHas23HoursWhenTheClockGoesForward() throws Exception {
        MaintenanceCalendar nominal = calendar("""
                DTSTART;TZID=Europe/Berlin:20260328T120000
                DURATION:P1D
                """);
        assertThat(nominal.maintenance("a", at("2026-03-29", 12, BERLIN) - 1)).isNotNull();
        assertThat(nominal.maintenance("a", at("2026-03-29", 12, BERLIN))).isNull();
        MaintenanceCalendar exact = calendar("""
                DTSTART;TZID=Europe/Berlin:20260328T120000
                DURATION:PT24H
                """);
        assertThat(exact.maintenance("a", at("2026-03-29", 12, BERLIN))).isNotNull();
        assertThat(exact.maintenance("a", at("2026-03-29", 13, BERLIN))).isNull();
    }

    @Test
    void aDateIsAWholeDayInUtc() throws Exception {
        MaintenanceCalendar calendar = calendar("DTSTART;VALUE=DATE:20260704\n");
        assertThat(maintenance(calendar, "2026-07-03T23:59:59Z")).isNull();
        assertThat(maintenance(calendar, "2026-07-04T00:00:00Z")).isEqualTo("maintenance: without a name");
        assertThat(maintenance(calendar, "2026-07-04T23:59:59Z")).isNotNull();
        assertThat(maintenance(calendar, "2026-07-05T00:00:00Z")).isNull();
    }

    @Test
    void leftOutMovedAndCancelledOccurrences() throws Exception {
        MaintenanceCalendar calendar = MaintenanceCalendar.parse(wrapped("""
                BEGIN:VEVENT
                UID:1
                DTSTART:20260601T100000Z
                DURATION:PT1H
                RRULE:FREQ=DAILY;COUNT=5
                EXDATE:20260602T100000Z
                END:VEVENT
                BEGIN:VEVENT
                UID:1
                RECURRENCE-ID:20260603T100000Z
                DTSTART:20260603T150000Z
                DURATION:PT1H
                END:VEVENT
                BEGIN:VEVENT
                UID:1
                RECURRENCE-ID:20260604T100000Z
                STATUS:CANCELLED
                DTSTART:20260604T100000Z
                DURATION:PT1H
                END:VEVENT
                """));
        assertThat(maintenance(calendar, "2026-06-01T10:30:00Z")).isNotNull();
        assertThat(maintenance(calendar, "2026-06-02T10:30:00Z")).isNull();
        assertThat(maintenance(calendar, "2026-06-03T10:30:00Z")).isNull();
        assertThat(maintenance(calendar, "2026-06-03T15:30:00Z")).isNotNull();
        assertThat(maintenance(calendar, "2026-06-04T10:30:00Z")).isNull();
        assertThat(maintenance(calendar, "2026-06-05T10:30:00Z")).isNotNull();
    }

    @Test
    void eventsOfSomeEntities() throws Exception {
        MaintenanceCalendar calendar = calendar("""
                DTSTART:20260601T100000Z
                DURATION:PT1H
                X-NOETHER-ENTITIES:web-*,db-7
                """);
        long time = Instant.parse("2026-06-01T10:30:00Z").toEpochMilli();
        assertThat(calendar.maintenance("web-12", time)).isNotNull();
        assertThat(calendar.maintenance("db-7", time)).isNotNull();
        assertThat(calendar.maintenance("db-71", time)).isNull();
        assertThat(calendar.maintenance("x-web-1", time)).isNull();
    }

    @Test
    void theOrderOfQuestionsDoesNotMatter() throws Exception {
        MaintenanceCalendar calendar = calendar("""
                DTSTART:20200101T100000Z
                DURATION:PT1H
                RRULE:FREQ=WEEKLY
                """);
        long week = 7 * 86_400_000L;
        long first = Instant.parse("2020-01-01T10:00:00Z").toEpochMilli();
        for (int i : new int[] {300, 5, 299, 0, 1000, 4}) {
            assertThat(calendar.maintenance("a", first + i * week))
                    .as("week %d", i)
                    .isNotNull();
            assertThat(calendar.maintenance("a", first + i * week + 3_600_000)).isNull();
        }
        assertThat(calendar.maintenance("a", first - week)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DTSTART:yesterday\nDURATION:PT1H\n",
                "DTSTART:20260601T100000Z\nDURATION:long\n",
                "DTSTART:20260601T100000Z\nRRULE:FREQ=SOMETIMES\nDURATION:PT1H\n",
                "DTSTART:20260601T100000Z\nDTEND:20260601T090000Z\n",
                "DTSTART:20260601T100000Z\n",
                "DTSTART;TZID=Middle/Earth:20260601T100000\nDURATION:PT1H\n",
                "SUMMARY:no start\nDURATION:PT1H\n",
            })
    void whatCannotBeUnderstoodIsRefused(String event) {
        CalendarException refusal = catchThrowableOfType(CalendarException.class, () -> calendar(event));
        assertThat(refusal).as(event).isNotNull();
        assertThat(refusal.problems()).isNotEmpty();
    }

    @Test
    void aTextOfSomethingElseIsRefused() {
        assertThat(catchThrowableOfType(CalendarException.class, () -> MaintenanceCalendar.parse("hello")))
                .hasMessageContaining("BEGIN:VCALENDAR");
    }

    private static MaintenanceCalendar calendar(String event) throws CalendarException {
        return MaintenanceCalendar.parse(wrapped("BEGIN:VEVENT\nUID:u\n" + event + "END:VEVENT\n"));
    }

    private static String wrapped(String events) {
        return ("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//noether//test\n" + events + "END:VCALENDAR\n")
                .replace("\n", "\r\n");
    }

    private static String maintenance(MaintenanceCalendar calendar, String time) {
        return calendar.maintenance("a", Instant.parse(time).toEpochMilli());
    }

    private static long at(String day, int hour, ZoneId zone) {
        return ZonedDateTime.of(LocalDate.parse(day), LocalTime.of(hour, 0), zone)
                .toInstant()
                .toEpochMilli();
    }
}
