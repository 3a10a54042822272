package dev.noether.lab.data;

import dev.noether.model.series.SeriesSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of the UCR Time Series Archive (Dau et al., 2018): one series in each line, its label first, then its values,
 * separated by tabs. The file is compressed if its name ends in {@code .gz}. All series of a file have the same length.
 * Missing values, which a few sets of the archive have, are refused.
 */
public final class UcrFile {
    private static final String COMPRESSED = ".gz";
    private static final char SEPARATOR = '\t';

    private final Path file;
    private final List<String> labels = new ArrayList<>();
    private float[] values = new float[1024];
    private int length = -1;

    private UcrFile(Path file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @throws SeriesDataException if the file does not exist or cannot be read, or a line has another format
     */
    public static LabelledSeriesSet read(Path file) {
        UcrFile reading = new UcrFile(file);
        try (BufferedReader lines = open(file)) {
            int number = 0;
            for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
                reading.add(line, ++number);
            }
        } catch (NoSuchFileException exception) {
            throw new SeriesDataException(file + " does not exist", exception);
        } catch (IOException exception) {
            throw new SeriesDataException(file + " cannot be read: " + exception.getMessage(), exception);
        }
        return reading.result();
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        try {
            InputStream text = file.toString().endsWith(COMPRESSED) ? new GZIPInputStream(bytes) : bytes;
            return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
        } catch (IOException exception) {
            bytes.close();
            throw exception;
        }
    }

    private void add(String line, int number) {
        int labelEnd = line.indexOf(SEPARATOR);
        if (labelEnd <= 0) {
            throw new SeriesDataException("%s, line %d: found %s, expected a label, a tab and the values of a series"
                    .formatted(file, number, line.isEmpty() ? "an empty line" : '"' + abbreviated(line) + '"'));
        }
        int valueCount = 1
                + (int) line.chars()
                        .skip(labelEnd + 1L)
                        .filter(character -> character == SEPARATOR)
                        .count();
        if (length < 0) {
            length = valueCount;
        } else if (valueCount != length) {
            throw new SeriesDataException("%s, line %d: found %d values, expected %d as in line 1"
                    .formatted(file, number, valueCount, length));
        }
        int offset = labels.size() * length;
        if (offset + length > values.length) {
            values = Arrays.copyOf(values, Math.max(2 * values.length, offset + length));
        }
        int start = labelEnd + 1;
        for (int column = 0; column < length; column++) {
            int end = line.indexOf(SEPARATOR, start);
            values[offset + column] = value(line.substring(start, end < 0 ? line.length() : end), number, column);
            start = end + 1;
        }
        labels.add(line.substring(0, labelEnd));
    }

    private float value(String text, int number, int column) {
        float value;
        try {
            value = Float.parseFloat(text);
        } catch (NumberFormatException exception) {
            throw notANumber(text, number, column, exception);
        }
        if (!Float.isFinite(value)) {
            throw notANumber(text, number, column, null);
        }
        return value;
    }

    private SeriesDataException notANumber(String text, int number, int column, @Nullable Throwable cause) {
        String message = "%s, line %d: found \"%s\" as value %d, expected a finite number"
                .formatted(file, number, abbreviated(text), column + 1);
        return cause == null ? new SeriesDataException(message) : new SeriesDataException(message, cause);
    }

    private LabelledSeriesSet result() {
        if (labels.isEmpty()) {
            throw new SeriesDataException(file + " is empty, expected one series a line");
        }
        return new LabelledSeriesSet(SeriesSet.of(values, labels.size(), length), labels);
    }

    private static String abbreviated(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
