package dev.noether.cli.command;

import dev.noether.cli.data.TimeFormat;
import java.time.Instant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time as stream files write it: a date with or without a time zone, or a number of seconds since 1970. */
public final class InstantConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
        try {
            return TimeFormat.instant(text.strip());
        } catch (IllegalArgumentException exception) {
            throw new TypeConversionException(
                    "expected a time such as 2024-05-01T10:00:00Z or 2024-05-01 (got " + text + ")");
        }
    }
}
