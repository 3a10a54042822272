package dev.noether.cli.console;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the path of a file or a folder on this machine. */
public final class PathConverter implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
        if (text.isBlank() || text.contains("://")) {
            throw invalid(text);
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException exception) {
            throw invalid(text);
        }
    }

    private static TypeConversionException invalid(String text) {
        return new TypeConversionException(
                "expected a file or folder on this machine (got " + (text.isBlank() ? "nothing" : text) + ")");
    }
}
