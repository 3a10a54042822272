package dev.noether.lab.evaluate.dataset;

import dev.noether.cli.data.LineReader;
import dev.noether.cli.data.StreamDataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text file of separated values, compressed where its name ends in {@code .gz}; commas or semicolons, no quoting. */
final class CsvFile {
    private static final int SHARE_OF_HEAP = 6;
    private static final int BYTES_OF_LINE = 64;

    private final Path file;

    CsvFile(Path file) {
        this.file = file;
    }

    /** Whether a name is one of a file that this class reads. */
    static boolean isOne(Path file) {
        String name = String.valueOf(file.getFileName());
        return (name.endsWith(".csv") || name.endsWith(".csv.gz")) && Files.isRegularFile(file);
    }

    /** The file's name without its endings. */
    static String baseName(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.csv(\\.gz)?$", "");
    }

    /**
     * All lines that are not blank.
     *
     * @throws StreamDataException if the file cannot be read, or is too large for the memory
     */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        long bytesLeft = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
        try (LineReader reader = LineReader.open(file)) {
            for (String line = reader.next(); line != null; line = reader.next()) {
                if (!line.isBlank()) {
                    lines.add(line);
                    bytesLeft -= line.length() + BYTES_OF_LINE;
                }
                if (bytesLeft < 0) {
                    throw wrong(
                            reader.lineNumber(),
                            "expected a file that fits into the memory; NOETHER_HEAP sets its size");
                }
            }
        }
        return lines;
    }

    /** The first line; null where the file is empty. */
    @Nullable
    String firstLine() {
        try (LineReader reader = LineReader.open(file)) {
            return reader.next();
        }
    }

    /** The cells of a line. */
    static String[] cells(String line) {
        return line.split(line.indexOf(';') >= 0 ? ";" : ",", -1);
    }

    /**
     * One number.
     *
     * @param line from 1, for the message
     * @return NaN where the cell is empty
     */
    double number(String cell, int line, String column) {
        String text = cell.strip();
        if (text.isEmpty()) {
            return Double.NaN;
        }
        try {
            double value = Double.parseDouble(text);
            if (Math.abs(value) <= Float.MAX_VALUE) {
                return value;
            }
        } catch (NumberFormatException exception) {
            // The same answer as for a number without bounds.
        }
        throw wrong(line, "`" + column + "` is `" + text + "`, expected a finite number");
    }

    /** A label: 0 or 1, with or without a decimal point. */
    boolean label(String cell, int line, String column) {
        return switch (cell.strip()) {
            case "0", "0.0" -> false;
            case "1", "1.0" -> true;
            default -> throw wrong(line, "`" + column + "` is `" + cell + "`, expected 0 (normal) or 1 (anomalous)");
        };
    }

    StreamDataException wrong(int line, String what) {
        return new StreamDataException(file + " line " + line + ": " + what);
    }
}
