package dev.noether.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads the tables of the public data sets. */
public final class RecordedData {
    private RecordedData() {}

    /** A table of numbers, {@code [length × width]}. */
    public static final class Table {
        private final float[] values;
        private final int width;

        private Table(float[] values, int width) {
            this.values = values;
            this.width = width;
        }

        public float[] values() {
            return values;
        }

        public int width() {
            return width;
        }

        public int length() {
            return values.length / width;
        }

        public float[] column(int index) {
            float[] column = new float[length()];
            for (int i = 0; i < column.length; i++) {
                column[i] = values[i * width + index];
            }
            return column;
        }

        public boolean[] flags(int index) {
            boolean[] flags = new boolean[length()];
            for (int i = 0; i < flags.length; i++) {
                flags[i] = values[i * width + index] != 0;
            }
            return flags;
        }

        /** The columns {@code [start, end)}. */
        public float[] columns(int start, int end) {
            float[] columns = new float[length() * (end - start)];
            for (int i = 0; i < length(); i++) {
                System.arraycopy(values, i * width + start, columns, i * (end - start), end - start);
            }
            return columns;
        }
    }

    /**
     * Returns the entries of a folder in alphabetical order. If it is missing, the test is skipped and prints the
     * reason.
     */
    public static List<Path> entriesOrSkip(String... folder) throws IOException {
        try (Stream<Path> entries = Files.list(RealData.require(folder))) {
            return entries.sorted().toList();
        }
    }

    /** Reads a compressed file of comma-separated numbers, with or without a header line. */
    public static Table read(Path file, boolean hasHeader) throws IOException {
        return read(file, hasHeader, 0);
    }

    /** Reads the same, but only the columns from {@code firstColumn} on; those before it need not be numbers. */
    static Table read(Path file, boolean hasHeader, int firstColumn) throws IOException {
        List<String> lines;
        try (BufferedReader reader = open(file)) {
            lines = reader.lines().skip(hasHeader ? 1 : 0).toList();
        }
        int width = lines.get(0).split(",", -1).length - firstColumn;
        float[] values = new float[lines.size() * width];
        for (int i = 0; i < lines.size(); i++) {
            String[] cells = lines.get(i).split(",", -1);
            for (int j = 0; j < width; j++) {
                values[i * width + j] = Float.parseFloat(cells[j + firstColumn]);
            }
        }
        return new Table(values, width);
    }

    /** Reads the header line of a compressed file. */
    static String header(Path file) throws IOException {
        try (BufferedReader reader = open(file)) {
            return reader.readLine();
        }
    }

    private static BufferedReader open(Path file) throws IOException {
        return new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
    }
}
