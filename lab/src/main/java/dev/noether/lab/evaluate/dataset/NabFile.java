package dev.noether.lab.evaluate.dataset;

import dev.noether.lab.evaluate.dataset.NabWindows.Window;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A file of the Numenta Anomaly Benchmark: {@code timestamp,value}. The benchmark's probationary period, the first 15 %
 * but no more than 750 rows, is trained on; the others are judged.
 *
 * @param path the file
 * @param windows where the anomalies of its folder are
 */
record NabFile(Path path, NabWindows windows) implements SeriesSource {
    private static final int MOST_TRAINING_ROWS = 750;
    private static final double TRAINING_SHARE = 0.15;

    /** Whether a header is that of such a file. */
    static boolean isOne(String header) {
        return header.strip().equals("timestamp,value");
    }

    @Override
    public String name() {
        return CsvFile.baseName(path);
    }

    @Override
    public EvaluationSeries load(int split) {
        CsvFile csv = new CsvFile(path);
        List<String> lines = csv.lines();
        int rows = lines.size() - 1;
        int trained = (int) Math.min(MOST_TRAINING_ROWS, TRAINING_SHARE * rows);
        if (trained < 1) {
            throw csv.wrong(1, rows + " rows, too few for training on the first 15 % of them");
        }
        Path folder = path.toAbsolutePath().normalize().getParent();
        String key = (folder == null ? "" : folder.getFileName() + "/") + name() + ".csv";
        List<Window> anomalous = windows.of(key);
        TimedRowsBuilder builder = new TimedRowsBuilder(1);
        String[] marks = new String[rows];
        boolean[] labels = new boolean[rows];
        double[] row = new double[1];
        for (int i = 0; i < rows; i++) {
            String[] cells = CsvFile.cells(lines.get(i + 1));
            if (cells.length != 2) {
                throw csv.wrong(i + 2, cells.length + " values, expected 2");
            }
            marks[i] = cells[0].strip();
            long time = SkabFile.millis(csv, marks[i], i + 2);
            row[0] = csv.number(cells[1], i + 2, "value");
            labels[i] = anomalous.stream().anyMatch(window -> window.contains(time));
            builder.add(time, row);
        }
        TimedRows all = builder.build();
        return new EvaluationSeries(
                name(),
                false,
                List.of("value"),
                all.slice(0, trained),
                all.slice(trained, rows),
                Arrays.copyOfRange(marks, trained, rows),
                Arrays.copyOfRange(labels, trained, rows),
                List.of());
    }
}
