package dev.noether.incident.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.noether.incident.evidence.FeatureEvidence;
import dev.noether.incident.rule.FeatureRule.Direction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calendars as other programs write them, names with special characters, and messages of bad files. */
class CalendarReaderTest {
    private static final String HOUR = "DTSTART:20260601T100000Z\nDURATION:PT1H\n";
    private static final String DURING = "2026-06-01T10:30:00Z";

    @Test
    void allProblemsOfAFileAreReportedAtOnce() {
        CalendarException refusal = refusal(event("DTSTART:yesterday\nDURATION:PT1H\nSUMMARY:first\n")
                + event("DTSTART:20260601T100000Z\nDTEND:20260601T090000Z\nSUMMARY:second\n")
                + event("SUMMARY:third\nDURATION:PT1H\n"));
        assertThat(refusal.problems())
                .anyMatch(problem -> problem.contains("line 6: DTSTART: "))
                .anyMatch(problem -> problem.equals("an event has no valid DTSTART: third"))
                .anyMatch(problem ->
                        problem.equals("an event must end after its start (second from 2026-06-01T10:00:00Z)"));
        assertThat(refusal.getMessage().lines().toList()).isEqualTo(refusal.problems());
    }

    @Test
    void problemsOfOtherPropertiesDoNotMatter() throws Exception {
        MaintenanceCalendar calendar = parse(event(HOUR + "CREATED:yesterday\nGEO:here\nX-COLOR:blue\nSUMMARY:move\n"));
        assertThat(at(calendar, "a", DURING)).isEqualTo("maintenance: move");
    }

    @Test
    void anEmptyCalendarHasNoMaintenance() throws Exception {
        MaintenanceCalendar calendar = parse("");
        assertThat(calendar.size()).isZero();
        assertThat(at(calendar, "a", DURING)).isNull();
        assertThat(at(MaintenanceCalendar.EMPTY, "a", DURING)).isNull();
    }

    @Test
    void anEmptyTextIsRefused() {
        assertThatThrownBy(() -> MaintenanceCalendar.parse(""))
                .isInstanceOf(CalendarException.class)
                .hasMessage("the file is not an iCalendar text: it has no BEGIN:VCALENDAR");
    }

    @Test
    void aFileMayHoldSeveralCalendars() throws Exception {
        String first = wrapped(event(HOUR + "SUMMARY:one\n"));
        String second = wrapped(event("DTSTART:20260701T100000Z\nDURATION:PT1H\nSUMMARY:two\n"));
        MaintenanceCalendar calendar = MaintenanceCalendar.parse(first + second);
        assertThat(calendar.size()).isEqualTo(2);
        assertThat(at(calendar, "a", DURING)).isEqualTo("maintenance: one");
        assertThat(at(calendar, "a", "2026-07-01T10:30:00Z")).isEqualTo("maintenance: two");
    }

    @Test
    void aZoneThatTheFileDefinesIsUsed() throws Exception {
        MaintenanceCalendar calendar = parse("""
                BEGIN:VTIMEZONE
                TZID:Plant
                BEGIN:STANDARD
                DTSTART:19700101T000000
                TZOFFSETFROM:+0530
                TZOFFSETTO:+0530
                END:STANDARD
                END:VTIMEZONE
                """ + event("DTSTART;TZID=Plant:20260601T100000\nDURATION:PT1H\n"));
        assertThat(at(calendar, "a", "2026-06-01T04:29:59Z")).isNull();
        assertThat(at(calendar, "a", "2026-06-01T04:30:00Z")).isNotNull();
        assertThat(at(calendar, "a", "2026-06-01T05:30:00Z")).isNull();
    }

    @Test
    void aTimeWithoutAZoneIsInUtc() throws Exception {
        MaintenanceCalendar calendar = parse(event("DTSTART:20260601T100000\nDURATION:PT1H\n"));
        assertThat(at(calendar, "a", "2026-06-01T10:00:00Z")).isNotNull();
        assertThat(at(calendar, "a", "2026-06-01T09:59:59Z")).isNull();
    }

    @Test
    void severalWholeDaysEndBeforeTheDayOfTheirEnd() throws Exception {
        MaintenanceCalendar calendar =
                parse(event("DTSTART;VALUE=DATE:20260704\nDTEND;VALUE=DATE:20260707\nSUMMARY:inventory\n"));
        assertThat(at(calendar, "a", "2026-07-03T23:59:59Z")).isNull();
        assertThat(at(calendar, "a", "2026-07-04T00:00:00Z")).isNotNull();
        assertThat(at(calendar, "a", "2026-07-06T23:59:59Z")).isNotNull();
        assertThat(at(calendar, "a", "2026-07-07T00:00:00Z")).isNull();
    }

    @Test
    void weeksAndDaysAndHoursOfADurationAddUp() throws Exception {
        MaintenanceCalendar weeks = parse(event("DTSTART:20260601T100000Z\nDURATION:P2W\n"));
        assertThat(at(weeks, "a", "2026-06-15T09:59:59Z")).isNotNull();
        assertThat(at(weeks, "a", "2026-06-15T10:00:00Z")).isNull();
        MaintenanceCalendar mixed = parse(event("DTSTART:20260601T100000Z\nDURATION:P1DT2H30M\n"));
        assertThat(at(mixed, "a", "2026-06-02T12:29:59Z")).isNotNull();
        assertThat(at(mixed, "a", "2026-06-02T12:30:00Z")).isNull();
    }

    /** Windows are computed for about a month; an event may be longer. */
    @Test
    void anEventOfAYearIsFoundOnEachOfItsDays() throws Exception {
        MaintenanceCalendar calendar = parse(event("DTSTART:20260101T000000Z\nDTEND:20270101T000000Z\n"));
        Instant day = Instant.parse("2026-12-31T12:00:00Z");
        for (int i = 0; i < 365; i++) {
            assertThat(calendar.maintenance("a", day.minusSeconds(i * 86_400L).toEpochMilli()))
                    .as("%d days before the end", i)
                    .isNotNull();
        }
        assertThat(at(calendar, "a", "2027-01-01T00:00:00Z")).isNull();
        assertThat(at(calendar, "a", "2025-12-31T23:59:59Z")).isNull();
    }

    @Test
    void additionalDatesAreOccurrences() throws Exception {
        MaintenanceCalendar calendar =
                parse(event(HOUR + "RRULE:FREQ=DAILY;COUNT=1\nRDATE:20260610T100000Z,20260620T220000Z\n"));
        assertThat(at(calendar, "a", DURING)).isNotNull();
        assertThat(at(calendar, "a", "2026-06-10T10:30:00Z")).isNotNull();
        assertThat(at(calendar, "a", "2026-06-20T22:59:59Z")).isNotNull();
        assertThat(at(calendar, "a", "2026-06-11T10:30:00Z")).isNull();
    }

    @Test
    void ofOverlappingEventsTheOneThatAffectsTheEntityCounts() throws Exception {
        MaintenanceCalendar calendar = parse(event(HOUR + "SUMMARY:web\nX-NOETHER-ENTITIES:web-*\n")
                + event("DTSTART:20260601T101500Z\nDURATION:PT1H\nSUMMARY:db\nX-NOETHER-ENTITIES:db-*\n"));
        assertThat(at(calendar, "web-1", DURING)).isEqualTo("maintenance: web");
        assertThat(at(calendar, "db-1", DURING)).isEqualTo("maintenance: db");
        assertThat(at(calendar, "db-1", "2026-06-01T10:10:00Z")).isNull();
        assertThat(at(calendar, "web-1", "2026-06-01T11:05:00Z")).isNull();
        assertThat(at(calendar, "mail", DURING)).isNull();
    }

    @Test
    void inNamesOnlyTheStarIsSpecial() throws Exception {
        MaintenanceCalendar calendar = parse(event(HOUR + "X-NOETHER-ENTITIES:a.b*, [x]$ ,*-db,rack*-7\n"));
        for (String affected : List.of("a.b", "a.bc", "[x]$", "my-db", "-db", "rack-7", "rack 12-7")) {
            assertThat(at(calendar, affected, DURING)).as(affected).isNotNull();
        }
        for (String other : List.of("aXb", "x", "my-db2", "rack12-8", "", "xa.b")) {
            assertThat(at(calendar, other, DURING)).as(other).isNull();
        }
    }

    @Test
    void aCancelledEventIsIgnored() throws Exception {
        assertThat(parse(event(HOUR + "STATUS:CANCELLED\n")).size()).isZero();
    }

    @Test
    void aMovedOccurrenceMayPrecedeItsSeriesInTheFile() throws Exception {
        MaintenanceCalendar calendar =
                parse(event("RECURRENCE-ID:20260602T100000Z\nDTSTART:20260602T200000Z\nDURATION:PT1H\n")
                        + event(HOUR + "RRULE:FREQ=DAILY;COUNT=3\n"));
        assertThat(at(calendar, "a", "2026-06-02T10:30:00Z")).isNull();
        assertThat(at(calendar, "a", "2026-06-02T20:30:00Z")).isNotNull();
        assertThat(at(calendar, "a", "2026-06-03T10:30:00Z")).isNotNull();
    }

    @Test
    void maintenanceComesBeforeTheRulesOfFeatures() throws Exception {
        RuleBook book =
                new RuleBook(Map.of("cpu", new FeatureRule(Direction.UP, 0, 0)), parse(event(HOUR + "SUMMARY:move\n")));
        List<FeatureEvidence> fell = List.of(of("cpu", 1, 1, 9));
        long during = Instant.parse(DURING).toEpochMilli();
        assertThat(book.suppression("a", during, fell)).isEqualTo("maintenance: move");
        assertThat(book.suppression("a", during, List.of())).isEqualTo("maintenance: move");
        assertThat(book.suppression("a", during + 3_600_000, fell))
                .isEqualTo("direction: cpu fell, only its rise counts");
        assertThat(book.suppression("a", during + 3_600_000, List.of())).isNull();
    }

    @Test
    void theReasonIsThatOfTheLargestFeatureThatDoesNotCount() {
        RuleBook book = new RuleBook(
                Map.of("a", new FeatureRule(Direction.UP, 0, 0), "b", new FeatureRule(Direction.DOWN, 0, 0)),
                MaintenanceCalendar.EMPTY);
        assertThat(book.suppression("e", 0, List.of(of("a", 0.3f, 1, 9), of("b", 0.5f, 9, 1), of("c", 0.2f, 1, 2))))
                .isEqualTo("direction: b rose, only its fall counts");
        assertThat(book.suppression("e", 0, List.of(of("a", 0.3f, 9, 1), of("b", 0.5f, 9, 1), of("c", 0.2f, 1, 2))))
                .isNull();
    }

    @Test
    void aDeviationAtTheBoundCounts() {
        FeatureRule rule = new FeatureRule(null, 5, 0.5);
        assertThat(rule.objection(of("cpu", 1, 15, 10))).isNull();
        assertThat(rule.objection(of("cpu", 1, 5, 10))).isNull();
        assertThat(rule.objection(of("cpu", 1, 14, 10))).isEqualTo("deviation: cpu deviates by less than 5.0");
        assertThat(rule.objection(of("cpu", 1, -29, -20)))
                .isEqualTo("deviation: cpu deviates by less than 0.5 of the expected value");
        assertThat(new FeatureRule(Direction.UP, 0, 0).objection(of("cpu", 1, 5, 5)))
                .isNull();
    }

    /** The expectation follows an extreme value, even beyond it: a rise is then no fall. */
    @Test
    void anExtremeValueIsComparedWithTheUsualRange() {
        FeatureEvidence rise = new FeatureEvidence("latency", 1, 10_500, 17_150, 900, 19.65f, 22.54f);
        assertThat(new FeatureRule(Direction.UP, 5_000, 0.9).objection(rise)).isNull();
        assertThat(new FeatureRule(Direction.DOWN, 0, 0).objection(rise))
                .isEqualTo("direction: latency rose, only its fall counts");
        FeatureEvidence fall = new FeatureEvidence("latency", 1, -9_000, -12_000, 900, 19.65f, 22.54f);
        assertThat(new FeatureRule(Direction.DOWN, 5_000, 0.9).objection(fall)).isNull();
    }

    @Test
    void anUnknownDeviationCounts() {
        FeatureRule rule = new FeatureRule(Direction.UP, 5, 0.5);
        assertThat(rule.objection(of("cpu", 1, Float.NaN, 10))).isNull();
        assertThat(rule.objection(of("cpu", 1, 10, Float.NaN))).isNull();
    }

    private static FeatureEvidence of(String feature, float share, float observed, float expected) {
        return new FeatureEvidence(feature, share, observed, expected, 1, Float.NaN, Float.NaN);
    }

    private static String event(String properties) {
        return "BEGIN:VEVENT\nUID:u\n" + properties + "END:VEVENT\n";
    }

    private static MaintenanceCalendar parse(String events) throws CalendarException {
        return MaintenanceCalendar.parse(wrapped(events));
    }

    private static CalendarException refusal(String events) {
        return catchThrowableOfType(CalendarException.class, () -> parse(events));
    }

    private static String wrapped(String events) {
        return ("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//noether//test\n" + events + "END:VCALENDAR\n")
                .replace("\n", "\r\n");
    }

    private static String at(MaintenanceCalendar calendar, String entity, String time) {
        return calendar.maintenance(entity, Instant.parse(time).toEpochMilli());
    }
}
