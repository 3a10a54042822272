package dev.noether.cli.data;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a file writes times: as dates, or as numbers whose unit is recognised by their size. Numbers below 10⁸ count
 * minutes without a date; larger ones are times since 1970 UTC.
 */
public enum TimeFormat {
    MINUTES("minutes without a date", 60_000, 1),
    SECONDS("seconds since 1970 UTC", 1_000, 1),
    MILLISECONDS("milliseconds since 1970 UTC", 1, 1),
    MICROSECONDS("microseconds since 1970 UTC", 1, 1_000),
    NANOSECONDS("nanoseconds since 1970 UTC", 1, 1_000_000),
    DATES_WITH_ZONE("dates with a time zone", 1, 1),
    DATES_WITHOUT_ZONE("dates without a time zone, taken as UTC", 1, 1);

    /** What a time may look like, for messages. */
    static final String EXPECTATION =
            "a date such as 2024-05-01T10:00:00Z, a time since 1970 in s, ms, µs or ns, or a whole number of minutes"
                    + " below 10^8";

    private static final double FIRST_SECOND = 1e8;
    private static final double FIRST_MILLISECOND = 1e11;
    private static final double FIRST_MICROSECOND = 1e14;
    private static final double FIRST_NANOSECOND = 1e17;
    private static final int LONGEST = 40;
    private static final Pattern DATE = Pattern.compile("(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})"
            + "(?:[T ](\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?)?"
            + " ?(Z|UTC|GMT|[+-]\\d{2}:?\\d{2}|[+-]\\d{2})?(?:\\[[^\\]]*\\])?");

    private final String description;
    private final long millis;
    private final long parts;

    /**
     * Describes a format.
     *
     * @param millis milliseconds of one unit
     * @param parts units in a millisecond
     */
    TimeFormat(String description, long millis, long parts) {
        this.description = description;
        this.millis = millis;
        this.parts = parts;
    }

    /** The format in words. */
    public String description() {
        return description;
    }

    /** Whether the times say on which day they are. */
    public boolean isDated() {
        return this != MINUTES;
    }

    /**
     * Reads a time that says on which day it is; without a zone it is in UTC.
     *
     * @throws IllegalArgumentException if the text is not such a time
     */
    public static Instant instant(String text) {
        TimeFormat format = of(text);
        if (format == null || !format.isDated()) {
            throw new IllegalArgumentException("not a time: " + text);
        }
        return Instant.ofEpochMilli(format.millis(text));
    }

    /** Recognises the format of a time; null if it has none. */
    static @Nullable TimeFormat of(String text) {
        BigDecimal number = number(text);
        if (number == null) {
            Matcher date = DATE.matcher(text);
            return text.length() > LONGEST + LONGEST || !date.matches()
                    ? null
                    : date.group(8) == null ? DATES_WITHOUT_ZONE : DATES_WITH_ZONE;
        }
        double size = number.doubleValue();
        if (Math.abs(size) < FIRST_SECOND) {
            return number.stripTrailingZeros().scale() <= 0 ? MINUTES : null;
        }
        if (size < FIRST_SECOND || size > Long.MAX_VALUE) {
            return null;
        }
        return size < FIRST_MILLISECOND
                ? SECONDS
                : size < FIRST_MICROSECOND ? MILLISECONDS : size < FIRST_NANOSECOND ? MICROSECONDS : NANOSECONDS;
    }

    /**
     * Reads a time of this format.
     *
     * @return milliseconds since 1970 UTC; of {@link #MINUTES}, milliseconds since minute 0
     * @throws IllegalArgumentException if the text is not a time of this format
     */
    long millis(String text) {
        if (this != of(text)) {
            throw new IllegalArgumentException("not a time of the format " + this);
        }
        BigDecimal number = number(text);
        if (number == null) {
            return date(text);
        }
        return number.multiply(BigDecimal.valueOf(millis))
                .divide(BigDecimal.valueOf(parts), 0, RoundingMode.FLOOR)
                .longValueExact();
    }

    /** Reads a number of a reasonable size; null if the text is none. */
    private static @Nullable BigDecimal number(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(text);
            // A large exponent would make a number of a million digits.
            return Math.abs((long) number.scale()) > LONGEST ? null : number;
        } catch (NumberFormatException exception) {
            return null;
        }
    }

    private static long date(String text) {
        Matcher date = DATE.matcher(text);
        if (!date.matches()) {
            throw new IllegalArgumentException("not a date");
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    part(date, 1),
                    part(date, 2),
                    part(date, 3),
                    part(date, 4),
                    part(date, 5),
                    part(date, 6),
                    nanoseconds(date.group(7)));
            return local.toInstant(offset(date.group(8))).toEpochMilli();
        } catch (DateTimeException exception) {
            throw new IllegalArgumentException("not a date", exception);
        }
    }

    private static int part(Matcher date, int group) {
        String digits = date.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int nanoseconds(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
    }

    private static ZoneOffset offset(@Nullable String zone) {
        boolean isNumber = zone != null && (zone.charAt(0) == '+' || zone.charAt(0) == '-');
        return isNumber ? ZoneOffset.of(zone) : ZoneOffset.UTC;
    }
}
