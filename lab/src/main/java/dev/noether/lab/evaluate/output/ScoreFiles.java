package dev.noether.lab.evaluate.output;

import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.detect.DetectorOutput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes {@code SET/SERIES.csv} with {@code t,score,alarmScore,pValue,verdict,label}, one line for each test row. An
 * unknown number is an empty cell. The second and third split of a table go to {@code SERIES-split2.csv} and {@code
 * SERIES-split3.csv}.
 */
public final class ScoreFiles {
    private final Path folder;

    /** Creates a writer into a folder. The folder is created if it does not exist. */
    public ScoreFiles(Path folder) {
        this.folder = folder;
    }

    /** Writes the file of one split of one series. */
    public void write(String set, EvaluationSeries series, int split, DetectorOutput output) throws IOException {
        Path place = Files.createDirectories(folder.resolve(set));
        String name = series.name() + (split == 0 ? "" : "-split" + (split + 1)) + ".csv";
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(place.resolve(name)))) {
            DetectorOutput.RowScores rows = output.rows();
            out.print("t,score,alarmScore,pValue,verdict,label\n");
            for (int i = 0; i < output.length(); i++) {
                out.print(series.marks()[i] + "," + cell(rows.scores()[i]) + "," + cell(rows.alarmScores()[i]) + ","
                        + cell(rows.pValues()[i]) + "," + rows.verdicts()[i] + "," + (series.labels()[i] ? 1 : 0)
                        + "\n");
            }
            if (out.checkError()) {
                throw new IOException("cannot write " + place.resolve(name));
            }
        }
        Files.write(
                place.resolve(name.replaceFirst("csv$", "incidents.txt")),
                output.findings().sentences());
    }

    private static String cell(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }
}
