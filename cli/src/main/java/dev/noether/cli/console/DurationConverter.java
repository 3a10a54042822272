package dev.noether.cli.console;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a positive duration such as {@code 90s}, {@code 1h30m}, {@code 500ms}, {@code 2d} or ISO {@code PT2M}. */
public final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern PARTS =
            Pattern.compile("(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m(?!s))?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

    @Override
    public Duration convert(String text) {
        Duration duration = parse(text);
        if (duration.isZero() || duration.isNegative()) {
            throw invalid(text);
        }
        return duration;
    }

    private static Duration parse(String text) {
        if (text.startsWith("P") || text.startsWith("p")) {
            try {
                return Duration.parse(text);
            } catch (DateTimeParseException exception) {
                throw invalid(text);
            }
        }
        Matcher parts = PARTS.matcher(text.replace(" ", ""));
        if (!parts.matches()) {
            throw invalid(text);
        }
        return Duration.ofDays(number(parts.group(1)))
                .plusHours(number(parts.group(2)))
                .plusMinutes(number(parts.group(3)))
                .plusSeconds(number(parts.group(4)))
                .plusMillis(number(parts.group(5)));
    }

    @SuppressWarnings("NullAway") // a group that did not match is null
    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static TypeConversionException invalid(String text) {
        return new TypeConversionException("expected a duration such as 90s, 5m or PT2M (got " + text + ")");
    }
}
