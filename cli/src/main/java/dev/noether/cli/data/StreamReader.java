package dev.noether.cli.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the rows of one stream file: a header, then one row a line with a time, features and optionally a
 * label. The separator, the time column and the format of the times are recognised. A file whose name ends in
 * {@code .gz} is decompressed.
 *
 * <p>The time increases from row to row; gaps are allowed. A missing value is empty, {@code NaN}, {@code NA} or
 * {@code null}, and read as NaN. Blank lines are ignored. Every method may throw {@link StreamDataException}. Not
 * thread-safe.
 */
public final class StreamReader implements AutoCloseable {
    private static final Set<String> MISSING = Set.of("", "nan", "na", "n/a", "null", "none");
    private static final int LONGEST_SHOWN = 60;

    private final Path file;
    private final LineReader lines;
    private final CellSplitter splitter;
    private final StreamColumns columns;
    private final double[] row;
    private @Nullable TimeFormat format;
    private String mark = "";
    private long time;
    private boolean anomalous;

    private StreamReader(Path file, LineReader lines) {
        this.file = file;
        this.lines = lines;
        String header = lines.next();
        if (header == null) {
            throw new StreamDataException(file + " is empty, expected a header `t,…` and rows");
        }
        splitter = CellSplitter.of(header);
        columns = StreamColumns.of(place(), split(header));
        row = new double[columns.features().size()];
    }

    /** Opens a file and reads its header. */
    public static StreamReader open(Path file) {
        LineReader lines = LineReader.open(file);
        try {
            return new StreamReader(file, lines);
        } catch (RuntimeException exception) {
            lines.close();
            throw exception;
        }
    }

    /** Whether a first line is the header of a stream file: it has a column that is named like a time. */
    public static boolean isHeader(String line) {
        try {
            return StreamColumns.hasTime(CellSplitter.of(line).split(line));
        } catch (IllegalArgumentException exception) {
            return false;
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
        String line = lines.next();
        while (line != null && line.isBlank()) {
            line = lines.next();
        }
        if (line == null) {
            if (format == null) {
                throw new StreamDataException(file + " has no rows after its header");
            }
            return false;
        }
        parse(split(line));
        return true;
    }

    /** The format of the times; known after the first row. */
    public TimeFormat timeFormat() {
        TimeFormat known = format;
        if (known == null) {
            throw new IllegalStateException("no row has been read");
        }
        return known;
    }

    /**
     * The time of the row: milliseconds since 1970 UTC, or since minute 0 if the format is {@link TimeFormat#MINUTES}.
     */
    public long time() {
        return time;
    }

    /** The time of the row as the file has it. */
    public String mark() {
        return mark;
    }

    /** The values of the row, {@code [features]}; NaN is a missing value. {@link #next} overwrites the array. */
    public double[] row() {
        return row;
    }

    /** Whether the row is labelled anomalous; false in a file without labels. */
    public boolean isAnomalous() {
        return anomalous;
    }

    @Override
    public void close() {
        lines.close();
    }

    private List<String> split(String line) {
        try {
            return splitter.split(line);
        } catch (IllegalArgumentException exception) {
            throw invalid(String.valueOf(exception.getMessage()));
        }
    }

    private void parse(List<String> cells) {
        if (cells.size() != columns.names().size()) {
            throw invalid(cells.size() + " values, expected " + columns.names().size());
        }
        parseTime(cells.get(columns.time()));
        int feature = 0;
        for (int i = 0; i < cells.size(); i++) {
            if (i == columns.label()) {
                anomalous = parseLabel(cells.get(i));
            } else if (i != columns.time()) {
                row[feature++] = parseValue(cells.get(i), i);
            }
        }
    }

    private void parseTime(String text) {
        TimeFormat known = format;
        TimeFormat recognised = known == null ? TimeFormat.of(text) : known;
        long previous = time;
        String previousMark = mark;
        try {
            if (recognised == null) {
                throw new IllegalArgumentException("no format");
            }
            time = recognised.millis(text);
        } catch (IllegalArgumentException exception) {
            throw invalid("`" + timeName() + "` is `" + shortened(text) + "`, expected "
                    + (known == null ? TimeFormat.EXPECTATION : known.description() + " as in the rows before"));
        }
        if (known != null && time <= previous) {
            throw invalid("`" + timeName() + "` is " + text + " after " + previousMark + ", expected a later time");
        }
        format = recognised;
        mark = text;
    }

    private double parseValue(String text, int column) {
        if (text.isEmpty() || text.length() <= 4 && MISSING.contains(text.toLowerCase(Locale.ROOT))) {
            return Double.NaN;
        }
        try {
            double value = Double.parseDouble(text);
            if (Math.abs(value) <= Float.MAX_VALUE) {
                return value;
            }
        } catch (NumberFormatException exception) {
            // Handled below, like an infinite number.
        }
        throw invalid("`" + columns.names().get(column) + "` is `" + shortened(text)
                + "`, expected a finite number with a decimal point, or an empty value if it is missing");
    }

    private boolean parseLabel(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "0", "0.0", "false" -> false;
            case "1", "1.0", "true" -> true;
            default ->
                throw invalid("`" + columns.names().get(columns.label()) + "` is `" + shortened(text)
                        + "`, expected 0 (normal) or 1 (anomalous)");
        };
    }

    private String timeName() {
        return columns.names().get(columns.time());
    }

    private StreamDataException invalid(String problem) {
        return new StreamDataException(place() + ": " + problem);
    }

    private String place() {
        return file + " line " + lines.lineNumber();
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
