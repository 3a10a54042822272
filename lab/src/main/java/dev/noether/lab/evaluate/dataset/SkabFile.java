package dev.noether.lab.evaluate.dataset;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A file of the Skoltech Anomaly Benchmark: {@code datetime}, sensors, {@code anomaly}, {@code changepoint}. As its
 * authors do it, the first 400 rows are trained on and the others are judged.
 *
 * @param name of the series
 * @param path the file
 */
record SkabFile(String name, Path path) implements SeriesSource {
    static final int TRAINING_ROWS = 400;

    private static final String TIME = "datetime";
    private static final String LABEL = "anomaly";
    private static final String CHANGE = "changepoint";

    /** Whether a header is that of a labelled file. */
    static boolean isLabelled(String header) {
        List<String> columns = columns(header);
        return columns.get(0).equals(TIME) && columns.contains(LABEL) && columns.contains(CHANGE);
    }

    /** Whether a file is the one of the benchmark that has no anomalies, and so nothing to be judged. */
    static boolean isUnlabelled(Path file, String header) {
        return columns(header).get(0).equals(TIME) && CsvFile.baseName(file).equals("anomaly-free");
    }

    @Override
    public EvaluationSeries load(int split) {
        CsvFile csv = new CsvFile(path);
        List<String> lines = csv.lines();
        List<String> columns = columns(lines.get(0));
        List<String> features = new ArrayList<>(columns.subList(1, columns.size()));
        features.removeAll(List.of(LABEL, CHANGE));
        int rows = lines.size() - 1;
        if (features.isEmpty() || rows <= TRAINING_ROWS) {
            throw csv.wrong(
                    1,
                    features.size() + " sensors and " + rows + " rows, expected at least one sensor and more"
                            + " than the " + TRAINING_ROWS + " rows that are trained on");
        }
        TimedRowsBuilder builder = new TimedRowsBuilder(features.size());
        String[] marks = new String[rows];
        boolean[] labels = new boolean[rows];
        double[] row = new double[features.size()];
        for (int i = 0; i < rows; i++) {
            int line = i + 2;
            String[] cells = CsvFile.cells(lines.get(i + 1));
            if (cells.length != columns.size()) {
                throw csv.wrong(line, cells.length + " values, expected " + columns.size());
            }
            int feature = 0;
            for (int j = 1; j < cells.length; j++) {
                String column = columns.get(j);
                if (column.equals(LABEL)) {
                    labels[i] = csv.label(cells[j], line, column);
                } else if (!column.equals(CHANGE)) {
                    row[feature++] = csv.number(cells[j], line, column);
                }
            }
            marks[i] = cells[0].strip();
            builder.add(millis(csv, marks[i], line), row);
        }
        TimedRows all = builder.build();
        return new EvaluationSeries(
                name,
                false,
                features,
                all.slice(0, TRAINING_ROWS),
                all.slice(TRAINING_ROWS, rows),
                Arrays.copyOfRange(marks, TRAINING_ROWS, rows),
                Arrays.copyOfRange(labels, TRAINING_ROWS, rows),
                List.of());
    }

    private static List<String> columns(String header) {
        return Arrays.stream(CsvFile.cells(header)).map(String::strip).toList();
    }

    /** Without a zone: read as UTC, only differences matter. */
    static long millis(CsvFile csv, String text, int line) {
        try {
            return LocalDateTime.parse(text.replace(' ', 'T'))
                    .toInstant(ZoneOffset.UTC)
                    .toEpochMilli();
        } catch (DateTimeParseException exception) {
            throw csv.wrong(line, "the time is `" + text + "`, expected one like `2020-03-09 10:14:33`");
        }
    }
}
