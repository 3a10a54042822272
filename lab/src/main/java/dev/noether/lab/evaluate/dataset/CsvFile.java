package dev.noether.lab.evaluate.dataset;

import static java.util.Objects.requireNonNull;

import dev.noether.cli.data.StreamDataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A text file of separated values, compressed where its name ends in {@code .gz}; commas or semicolons, no quoting. */
final class CsvFile {
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

    /** All lines that are not blank. */
    List<String> lines() {
        try (BufferedReader reader = open()) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException exception) {
            throw StreamDataException.unreadable(file, exception);
        } catch (UncheckedIOException exception) {
            throw StreamDataException.unreadable(file, requireNonNull(exception.getCause()));
        }
    }

    /** The first line; null where the file is empty. */
    @Nullable
    String firstLine() {
        try (BufferedReader reader = open()) {
            return reader.readLine();
        } catch (IOException exception) {
            throw StreamDataException.unreadable(file, exception);
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
    float number(String cell, int line, String column) {
        String text = cell.strip();
        if (text.isEmpty()) {
            return Float.NaN;
        }
        try {
            float value = Float.parseFloat(text);
            if (Float.isFinite(value)) {
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

    private BufferedReader open() throws IOException {
        InputStream bytes = Files.newInputStream(file);
        try {
            InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
            return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
        } catch (IOException exception) {
            bytes.close();
            throw exception;
        }
    }
}
