package dev.noether.incident.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;

/** Formats numbers and durations for incident descriptions. */
public final class ReadableQuantity {
    private static final long DAY_MILLIS = 86_400_000;
    private static final MathContext DIGITS = new MathContext(4);

    private ReadableQuantity() {}

    /**
     * Returns a number with at most four significant digits, without an exponent unless it is very large or very small.
     */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return String.valueOf(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        return rounded.signum() == 0 || exponent >= -4 && exponent < 9 ? rounded.toPlainString() : rounded.toString();
    }

    /** Returns a period such as {@code 30 days} or {@code 24 hours}; like {@link #duration} if it is not whole days. */
    public static String period(long millis) {
        if (millis < DAY_MILLIS || millis % DAY_MILLIS != 0) {
            return duration(millis);
        }
        return millis == DAY_MILLIS ? "24 hours" : millis / DAY_MILLIS + " days";
    }

    /** Returns a duration in at most two units, such as {@code 1 d 2 h}, {@code 5 min 3 s} or {@code 250 ms}. */
    public static String duration(long millis) {
        Duration duration = Duration.ofMillis(millis);
        long[] amounts = {
            duration.toDays(), duration.toHoursPart(), duration.toMinutesPart(), duration.toSecondsPart(), 0
        };
        String[] units = {"d", "h", "min", "s"};
        for (int i = 0; i < units.length; i++) {
            if (amounts[i] > 0) {
                String second = amounts[i + 1] > 0 ? " " + amounts[i + 1] + " " + units[i + 1] : "";
                return amounts[i] + " " + units[i] + second;
            }
        }
        return millis + " ms";
    }
}
