package dev.noether.flink.source.field;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Times in ISO 8601: {@code 2026-01-31T08:15:00.123Z}. The letter between date and time may be a space, seconds and
 * their fraction may be missing, a zone is {@code Z}, {@code +02}, {@code +0200} or {@code +02:00}. Without a zone the
 * time is in UTC. A text that is no time costs no exception. Stateless.
 */
public final class IsoTime {
    /** Stands for a text that is no time. */
    public static final long NONE = Long.MIN_VALUE;

    private static final int LONGEST = 40;
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private IsoTime() {}

    /** Returns the milliseconds since 1970 UTC that a text says, rounded down; {@link #NONE} if it says none. */
    public static long parse(String text) {
        int length = text.length();
        if (length < 16
                || length > LONGEST
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(13) != ':') {
            return NONE;
        }
        char between = text.charAt(10);
        if (between != 'T' && between != 't' && between != ' ') {
            return NONE;
        }
        long day = day(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        if (day == NONE || hour < 0 || hour > 23 || minute < 0 || minute > 59) {
            return NONE;
        }
        return withSeconds(text, day * DAY + hour * HOUR + minute * MINUTE);
    }

    private static long withSeconds(String text, long start) {
        long time = start;
        int at = 16;
        if (at < text.length() && text.charAt(at) == ':') {
            int second = at + 3 <= text.length() ? digits(text, at + 1, at + 3) : -1;
            // 60 is a leap second.
            if (second < 0 || second > 60) {
                return NONE;
            }
            time += second * 1_000L;
            at += 3;
            if (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
                int end = at + 1;
                int unit = 100;
                while (end < text.length() && isDigit(text.charAt(end))) {
                    time += (long) unit * (text.charAt(end) - '0');
                    unit /= 10;
                    end++;
                }
                if (end == at + 1) {
                    return NONE;
                }
                at = end;
            }
        }
        return withZone(text, at, time);
    }

    private static long withZone(String text, int at, long time) {
        int left = text.length() - at;
        if (left == 0 || left == 1 && (text.charAt(at) == 'Z' || text.charAt(at) == 'z')) {
            return time;
        }
        char sign = text.charAt(at);
        boolean hasColon = left == 6 && text.charAt(at + 3) == ':';
        if (sign != '+' && sign != '-' || left != 3 && left != 5 && !hasColon) {
            return NONE;
        }
        int hours = digits(text, at + 1, at + 3);
        int minutes = left == 3 ? 0 : digits(text, text.length() - 2, text.length());
        if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
            return NONE;
        }
        long offset = hours * HOUR + minutes * MINUTE;
        return sign == '+' ? time - offset : time + offset;
    }

    private static long day(int year, int month, int day) {
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31) {
            return NONE;
        }
        try {
            return LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException e) {
            return NONE;
        }
    }

    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                return -1;
            }
            value = value * 10 + text.charAt(i) - '0';
        }
        return value;
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }
}
