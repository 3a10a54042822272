package dev.noether.incident.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.Fuzz;
import dev.noether.testing.RandomizedTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a calendar contains, it is read or refused in words. */
@Timeout(100)
class CalendarFuzzTest extends RandomizedTest {
    private static final int FILES = 500;
    private static final String GOOD = String.join(
            "\r\n",
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//example//EN",
            "BEGIN:VEVENT",
            "UID:1@example.org",
            "DTSTAMP:20260101T000000Z",
            "DTSTART;TZID=Europe/Berlin:20260105T220000",
            "DURATION:PT2H",
            "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=20",
            "EXDATE;TZID=Europe/Berlin:20260112T220000",
            "SUMMARY:Patch day",
            "X-NOETHER-ENTITIES:web-*,db-01",
            "END:VEVENT",
            "BEGIN:VEVENT",
            "UID:2@example.org",
            "DTSTAMP:20260101T000000Z",
            "DTSTART:20260201T010000Z",
            "DTEND:20260201T030000Z",
            "SUMMARY:Move",
            "END:VEVENT",
            "END:VCALENDAR",
            "");

    @Test
    void aMutatedCalendarIsReadOrRefusedInWords() {
        Fuzz fuzz = new Fuzz(random());
        for (int i = 0; i < Fuzz.cases(FILES); i++) {
            String text = new String(fuzz.text(GOOD.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
            try {
                CalendarReader.read(text);
            } catch (CalendarException refused) {
                assertThat(refused).hasMessageMatching("(?s).+");
            }
        }
    }
}
