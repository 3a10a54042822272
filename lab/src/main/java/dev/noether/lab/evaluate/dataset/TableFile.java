package dev.noether.lab.evaluate.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A table of independent rows without a header, the label first (1 is anomalous), as ADBench has them. A random half of
 * the normal rows is trained on; the other half and all anomalous rows are judged, in random order; three times, with
 * the seeds 1 to 3.
 *
 * @param path the file
 */
record TableFile(Path path) implements SeriesSource {
    private static final int SEEDS = 3;
    /** Rows have no time: they are laid a minute apart. */
    private static final long STEP = 60_000;

    private static final long START = 1_577_836_800_000L;

    /** Whether a first line is that of such a file. */
    static boolean isOne(String first) {
        String[] cells = CsvFile.cells(first);
        String label = cells[0].strip();
        return cells.length > 1
                && (label.equals("0") || label.equals("1") || label.equals("0.0") || label.equals("1.0"));
    }

    @Override
    public String name() {
        return CsvFile.baseName(path);
    }

    @Override
    public int splits() {
        return SEEDS;
    }

    @Override
    public EvaluationSeries load(int split) {
        CsvFile csv = new CsvFile(path);
        List<String> lines = csv.lines();
        int width = CsvFile.cells(lines.get(0)).length - 1;
        double[][] rows = new double[lines.size()][width];
        boolean[] labels = new boolean[lines.size()];
        for (int i = 0; i < rows.length; i++) {
            String[] cells = CsvFile.cells(lines.get(i));
            if (cells.length != width + 1) {
                throw csv.wrong(i + 1, cells.length + " values, expected " + (width + 1));
            }
            labels[i] = csv.label(cells[0], i + 1, "label");
            for (int j = 0; j < width; j++) {
                rows[i][j] = csv.number(cells[j + 1], i + 1, "column " + (j + 2));
            }
        }
        return split(csv, rows, labels, new Random(split + 1L));
    }

    private EvaluationSeries split(CsvFile csv, double[][] rows, boolean[] labels, Random random) {
        List<Integer> normal = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            if (!labels[i]) {
                normal.add(i);
            }
        }
        if (normal.size() < 2) {
            throw csv.wrong(1, normal.size() + " normal rows, expected at least two: half of them is trained on");
        }
        Collections.shuffle(normal, random);
        List<Integer> training = normal.subList(0, normal.size() / 2);
        Set<Integer> trained = new HashSet<>(training);
        List<Integer> judged = new ArrayList<>(IntStream.range(0, rows.length)
                .filter(i -> !trained.contains(i))
                .boxed()
                .toList());
        // A file may hold all anomalous rows at its end; a detector that learns as it goes must not profit from that.
        Collections.shuffle(judged, random);
        int width = rows[0].length;
        boolean[] testLabels = new boolean[judged.size()];
        String[] marks = new String[judged.size()];
        for (int i = 0; i < marks.length; i++) {
            testLabels[i] = labels[judged.get(i)];
            marks[i] = String.valueOf(judged.get(i));
        }
        return new EvaluationSeries(
                name(),
                true,
                IntStream.range(0, width).mapToObj(j -> "f" + j).toList(),
                rows(rows, training, width, START),
                rows(rows, judged, width, START + training.size() * STEP),
                marks,
                testLabels,
                List.of());
    }

    private static TimedRows rows(double[][] rows, List<Integer> chosen, int width, long start) {
        TimedRowsBuilder builder = new TimedRowsBuilder(width);
        for (int i = 0; i < chosen.size(); i++) {
            builder.add(start + i * STEP, rows[chosen.get(i)]);
        }
        return builder.build();
    }
}
