package dev.noether.incident.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calendars that would take unbounded work, rules out of their ranges, and dates beside rules. */
class CalendarLimitsTest {
    private static final String HOUR = "DTSTART:20260601T100000Z\nDURATION:PT1H\n";
    private static final String PLANT = """
            BEGIN:VTIMEZONE
            TZID:Plant
            BEGIN:STANDARD
            DTSTART:19700101T000000
            TZOFFSETFROM:+0530
            TZOFFSETTO:+0530
            END:STANDARD
            END:VTIMEZONE
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FREQ=SECONDLY;COUNT=1000000000 | FREQ must be HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY (got SECONDLY);"
                        + " write one longer event",
                "FREQ=MINUTELY | FREQ must be HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY (got MINUTELY); write one longer"
                        + " event",
                "FREQ=YEARLY;BYMONTH=13 | BYMONTH must be from 1 to 12 (got 13)",
                "FREQ=YEARLY;BYMONTH=0 | BYMONTH must be from 1 to 12 (got 0)",
                "FREQ=DAILY;BYHOUR=24 | BYHOUR must be from 0 to 23 (got 24)",
                "FREQ=DAILY;BYMINUTE=-1 | BYMINUTE must be from 0 to 59 (got -1)",
                "FREQ=DAILY;BYSECOND=61 | BYSECOND must be from 0 to 60 (got 61)",
                "FREQ=MONTHLY;BYMONTHDAY=32 | BYMONTHDAY must be from 1 to 31 or from -31 to -1 (got 32)",
                "FREQ=MONTHLY;BYMONTHDAY=0 | BYMONTHDAY must be from 1 to 31 or from -31 to -1 (got 0)",
                "FREQ=YEARLY;BYYEARDAY=-367 | BYYEARDAY must be from 1 to 366 or from -366 to -1 (got -367)",
                "FREQ=YEARLY;BYWEEKNO=54 | BYWEEKNO must be from 1 to 53 or from -53 to -1 (got 54)",
                "FREQ=YEARLY;BYDAY=60MO | the number in BYDAY must be from 1 to 53 or from -53 to -1 (got 60)",
                "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=400 | BYSETPOS must be from 1 to 366 or from -366 to -1 (got 400)",
                "FREQ=YEARLY;INTERVAL=2147483647 | INTERVAL must be from 1 to 10000 (got 2147483647)",
                "FREQ=DAILY;INTERVAL=0 | INTERVAL must be from 1 to 10000 (got 0)",
                "FREQ=DAILY;COUNT=-1 | COUNT must be from 1 to 2147483647 (got -1)",
                "FREQ=HOURLY;BYMINUTE=0,30 | an event must start at most 24 times a day (got 48 from FREQ, BYHOUR,"
                        + " BYMINUTE and BYSECOND); write one longer event",
                "FREQ=YEARLY;BYEASTER=1 | the part BYEASTER is not known",
            })
    void aRuleThatCannotBeAppliedIsRefused(String rule, String problem) {
        assertThat(refusal(event(HOUR + "SUMMARY:move\nRRULE:" + rule + "\n")).problems())
                .containsExactly("RRULE of move: " + problem);
        assertThat(refusal(event(HOUR + "SUMMARY:move\nRRULE:FREQ=DAILY\nEXRULE:" + rule + "\n"))
                        .problems())
                .containsExactly("EXRULE of move: " + problem);
    }

    @Test
    void longEventsAndDistantStartsAreRefused() {
        assertThat(refusal(event("DTSTART:20260601T100000Z\nDURATION:P999999999W\n")))
                .hasMessage("an event must last at most 3660 days (without a name from 2026-06-01T10:00:00Z)");
        assertThat(refusal(event("DTSTART:20260601T100000Z\nDURATION:PT999999999H\n")))
                .hasMessageStartingWith("an event must last at most 3660 days");
        assertThat(refusal(event("DTSTART:00010601T100000Z\nDURATION:PT1H\n")))
                .hasMessageStartingWith("DTSTART must be in the years 1900 to 2200 (got ");
    }

    @Test
    void largeFilesAreRefused() {
        assertThat(refusal(event(HOUR + "DESCRIPTION:" + "x".repeat(4 << 20) + "\n")))
                .hasMessageStartingWith("the file must have at most 4194304 characters (got ");
        assertThat(refusal(event(HOUR + "RRULE:FREQ=HOURLY\n").repeat(417)))
                .hasMessage("the repeated events of the file must start at most 10000 times a day altogether (got up to"
                        + " 10008)");
        assertThat(refusal("BEGIN:VEVENT\nEND:VEVENT\n".repeat(60)).problems())
                .hasSize(51)
                .endsWith("and 10 further problems");
    }

    /** A matcher that tries each place of each star needs more steps here than it can ever do. */
    @Test
    void manyStarsInANameAreMatchedInOnePass() throws Exception {
        MaintenanceCalendar calendar = parse(event(HOUR + "X-NOETHER-ENTITIES:" + "*a".repeat(40) + "*b,x**y*\n"));
        assertThat(at(calendar, "a".repeat(1_000), "2026-06-01T10:30:00Z")).isNull();
        assertThat(at(calendar, "a".repeat(1_000) + "b", "2026-06-01T10:30:00Z"))
                .isNotNull();
        assertThat(at(calendar, "xy", "2026-06-01T10:30:00Z")).isNotNull();
        assertThat(at(calendar, "x", "2026-06-01T10:30:00Z")).isNull();
    }

    @Test
    void partsOfAPatternDoNotOverlap() {
        assertThat(new NamePatterns("ab*ba").matches("aba")).isFalse();
        assertThat(new NamePatterns("ab*ba").matches("abba")).isTrue();
        assertThat(new NamePatterns("a*bc*c").matches("abc")).isFalse();
        assertThat(new NamePatterns("a*bc*c").matches("abcbcc")).isTrue();
        assertThat(new NamePatterns("*").matches("")).isTrue();
    }

    @Test
    void daysOfAZoneThatOnlyTheFileDefines() throws Exception {
        MaintenanceCalendar calendar =
                parse(PLANT + event("DTSTART;TZID=Plant:20260601T100000\nDURATION:P1D\nRRULE:FREQ=WEEKLY\n"));
        assertThat(at(calendar, "a", "2026-06-01T04:29:59Z")).isNull();
        assertThat(at(calendar, "a", "2026-06-01T04:30:00Z")).isNotNull();
        assertThat(at(calendar, "a", "2026-06-02T04:29:59Z")).isNotNull();
        assertThat(at(calendar, "a", "2026-06-02T04:30:00Z")).isNull();
        assertThat(at(calendar, "a", "2026-06-08T04:30:00Z")).isNotNull();
    }

    @Test
    void theStartIsAnOccurrenceBesideAdditionalDates() throws Exception {
        MaintenanceCalendar calendar = parse(event(HOUR + "RDATE:20260610T100000Z\n"));
        assertThat(at(calendar, "a", "2026-06-01T10:30:00Z")).isNotNull();
        assertThat(at(calendar, "a", "2026-06-10T10:30:00Z")).isNotNull();
        assertThat(at(calendar, "a", "2026-06-02T10:30:00Z")).isNull();
        MaintenanceCalendar excluded = parse(event(HOUR + "RDATE:20260610T100000Z\nEXDATE:20260601T100000Z\n"));
        assertThat(at(excluded, "a", "2026-06-01T10:30:00Z")).isNull();
        assertThat(refusal(event(HOUR + "RDATE;VALUE=PERIOD:20260610T100000Z/PT5H\n")))
                .hasMessage("RDATE of without a name: periods are not supported; write further events");
    }

    @Test
    void localDaysAreThoseOfTheZone() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        for (int hours = 0; hours < 24 * 366 * 2; hours++) {
            LocalDateTime local =
                    LocalDateTime.of(2026, 1, 1, 0, 30).plusHours(hours / 2).plusDays(hours % 2);
            Instant start = local.atZone(berlin).toInstant();
            assertThat(LocalDays.plus(start.toEpochMilli(), 1, TimeZone.getTimeZone(berlin)))
                    .as("%s", start)
                    .isEqualTo(start.atZone(berlin).plusDays(1).toInstant().toEpochMilli());
        }
    }

    private static String event(String properties) {
        return "BEGIN:VEVENT\nUID:u\n" + properties + "END:VEVENT\n";
    }

    private static MaintenanceCalendar parse(String events) throws CalendarException {
        return MaintenanceCalendar.parse(
                ("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//noether//test\n" + events + "END:VCALENDAR\n")
                        .replace("\n", "\r\n"));
    }

    private static CalendarException refusal(String events) {
        CalendarException refusal = catchThrowableOfType(CalendarException.class, () -> parse(events));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private static String at(MaintenanceCalendar calendar, String entity, String time) {
        return calendar.maintenance(entity, Instant.parse(time).toEpochMilli());
    }
}
