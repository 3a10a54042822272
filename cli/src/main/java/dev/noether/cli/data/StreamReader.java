package dev.noether.cli.data;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the rows of one stream file with the columns {@code t,f0,f1,…} or {@code t,f0,f1,…,label}. A file whose
 * name ends in {@code .gz} is decompressed.
 *
 * <p>{@code t} is a minute and increases from row to row; gaps are allowed. An empty value is missing and read as NaN.
 * There is no quoting. Every method may throw {@link StreamDataException}. Not thread-safe.
 */
public final class StreamReader implements AutoCloseable {
    private static final String COMPRESSED = ".gz";

    private final Path file;
    private final BufferedReader lines;
    private final StreamColumns columns;
    private final float[] row;
    private int lineNumber;
    private long minute = Long.MIN_VALUE;
    private boolean anomalous;

    private StreamReader(Path file, BufferedReader lines) {
        this.file = file;
        this.lines = lines;
        String header = readLine();
        if (header == null) {
            throw new StreamDataException(file + " is empty, expected a header `t,…` and rows");
        }
        columns = StreamColumns.parse(file, header);
        row = new float[columns.features().size()];
    }

    /** Opens a file and reads its header. */
    public static StreamReader open(Path file) {
        try {
            InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
            try {
                InputStream text = file.toString().endsWith(COMPRESSED) ? new GZIPInputStream(bytes) : bytes;
                return new StreamReader(file, new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8)));
            } catch (IOException | RuntimeException exception) {
                bytes.close();
                throw exception;
            }
        } catch (NoSuchFileException exception) {
            throw new StreamDataException(file + " does not exist", exception);
        } catch (IOException exception) {
            throw StreamDataException.unreadable(file, exception);
        }
    }

    /** The names of the features in the order of a row. */
    public List<String> featureNames() {
        return columns.features();
    }

    /** Whether the rows have labels. */
    public boolean hasLabels() {
        return columns.hasLabel();
    }

    /** Moves to the next row; returns false at the end. */
    public boolean next() {
        String line = readLine();
        if (line == null) {
            if (lineNumber == 1) {
                throw new StreamDataException(file + " has no rows after its header");
            }
            return false;
        }
        parse(line);
        return true;
    }

    /** The minute of the row. */
    public long minute() {
        return minute;
    }

    /** The values of the row, {@code [features]}; NaN is a missing value. {@link #next} overwrites the array. */
    public float[] row() {
        return row;
    }

    /** Whether the row is labelled anomalous; false in a file without labels. */
    public boolean isAnomalous() {
        return anomalous;
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException exception) {
            throw new StreamDataException(file + " cannot be closed: " + exception.getMessage(), exception);
        }
    }

    private @Nullable String readLine() {
        try {
            String line = lines.readLine();
            if (line != null) {
                lineNumber++;
            }
            return line;
        } catch (IOException exception) {
            throw new StreamDataException(
                    file + " cannot be read after line " + lineNumber + ": " + exception.getMessage(), exception);
        }
    }

    private void parse(String line) {
        int values =
                1 + (int) line.chars().filter(character -> character == ',').count();
        if (values != columns.count()) {
            throw invalid(values + " values, expected " + columns.count());
        }
        int end = line.indexOf(',');
        parseMinute(line.substring(0, end).strip());
        for (int i = 0; i < row.length; i++) {
            int start = end + 1;
            end = line.indexOf(',', start);
            row[i] = parseValue(
                    line.substring(start, end < 0 ? line.length() : end).strip(), i);
        }
        if (columns.hasLabel()) {
            anomalous = parseLabel(line.substring(end + 1).strip());
        }
    }

    private void parseMinute(String text) {
        long previous = minute;
        try {
            minute = Long.parseLong(text);
        } catch (NumberFormatException exception) {
            throw invalid("`t` is `" + text + "`, expected a whole number of minutes");
        }
        if (minute <= previous) {
            throw invalid("`t` is " + minute + " after " + previous + ", expected a larger value");
        }
    }

    private float parseValue(String text, int feature) {
        if (text.isEmpty()) {
            return Float.NaN;
        }
        try {
            float value = Float.parseFloat(text);
            if (Float.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException exception) {
            // Handled below, like an infinite number.
        }
        throw invalid("`" + columns.features().get(feature) + "` is `" + text
                + "`, expected a finite number, or an empty value if it is missing");
    }

    private boolean parseLabel(String text) {
        return switch (text) {
            case "0" -> false;
            case "1" -> true;
            default -> throw invalid("`label` is `" + text + "`, expected 0 (normal) or 1 (anomalous)");
        };
    }

    private StreamDataException invalid(String problem) {
        return new StreamDataException(file + " line " + lineNumber + ": " + problem);
    }
}
