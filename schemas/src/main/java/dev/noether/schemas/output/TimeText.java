package dev.noether.schemas.output;

import java.time.Instant;

/**
 * Writes times as ISO 8601 in UTC with three decimals, such as 2026-01-24T16:16:00.000Z, and reads them. Writing
 * allocates nothing for the years 0 to 9999. Not thread safe.
 */
final class TimeText {
    private static final int LENGTH = 24;
    private static final long DAY = 86_400_000;
    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    /** Days from 0000-03-01 to 1970-01-01. */
    private static final long EPOCH_DAY = 719_468;

    private static final int DAYS_OF_ERA = 146_097;
    private static final int DAYS_OF_CENTURY = 36_524;
    private static final int DAYS_OF_FOUR_YEARS = 1_460;

    private final char[] text = "0000-00-00T00:00:00.000Z".toCharArray();

    /** Returns the characters of the last time. */
    char[] characters() {
        return text;
    }

    /** Formats a time, milliseconds since 1970 UTC; returns the number of characters, 0 for a year of other length. */
    int format(long millis) {
        if (millis < FIRST || millis > LAST) {
            return 0;
        }
        date(Math.floorDiv(millis, DAY) + EPOCH_DAY);
        int ofDay = (int) Math.floorMod(millis, DAY);
        digits(11, 2, ofDay / 3_600_000);
        digits(14, 2, ofDay / 60_000 % 60);
        digits(17, 2, ofDay / 1000 % 60);
        digits(20, 3, ofDay % 1000);
        return LENGTH;
    }

    /** The calendar date of a day since 0000-03-01; the year begins in March, so that the leap day is its last. */
    private void date(long day) {
        long era = Math.floorDiv(day, DAYS_OF_ERA);
        int ofEra = (int) Math.floorMod(day, DAYS_OF_ERA);
        int yearOfEra =
                (ofEra - ofEra / DAYS_OF_FOUR_YEARS + ofEra / DAYS_OF_CENTURY - ofEra / (DAYS_OF_ERA - 1)) / 365;
        int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int march = (5 * ofYear + 2) / 153;
        int month = march < 10 ? march + 3 : march - 9;
        digits(0, 4, (int) (yearOfEra + 400 * era) + (month <= 2 ? 1 : 0));
        digits(5, 2, month);
        digits(8, 2, ofYear - (153 * march + 2) / 5 + 1);
    }

    private void digits(int from, int count, int value) {
        int rest = value;
        for (int i = from + count - 1; i >= from; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Returns a time whose year has more or fewer than four digits. */
    static String longForm(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    /**
     * Reads a time; returns milliseconds since 1970 UTC.
     *
     * @throws java.time.format.DateTimeParseException if it is none
     */
    static long parse(String text) {
        return Instant.parse(text).toEpochMilli();
    }
}
