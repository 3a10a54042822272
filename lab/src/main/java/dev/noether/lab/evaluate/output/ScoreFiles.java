package dev.noether.lab.evaluate.output;

import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.detect.JudgedSeries;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes {@code SET/SERIES.csv} with {@code t,score,alarmScore,pValue,verdict,label}, one row for each test row. What is
 * unknown is an empty cell. The second and third split of a table go to {@code SERIES-split2.csv} and so on.
 */
public final class ScoreFiles {
    private final Path folder;

    /** Makes a writer into a folder, which is made where it is missing. */
    public ScoreFiles(Path folder) {
        this.folder = folder;
    }

    /** Writes the file of one split of one series. */
    public void write(String set, EvaluationSeries series, int split, JudgedSeries judged) throws IOException {
        Path place = Files.createDirectories(folder.resolve(set));
        String name = series.name() + (split == 0 ? "" : "-split" + (split + 1)) + ".csv";
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(place.resolve(name)))) {
            out.print("t,score,alarmScore,pValue,verdict,label\n");
            for (int i = 0; i < judged.length(); i++) {
                out.print(series.marks()[i] + "," + cell(judged.scores()[i]) + "," + cell(judged.alarmScores()[i]) + ","
                        + cell(judged.pValues()[i]) + "," + judged.verdicts()[i] + "," + (series.labels()[i] ? 1 : 0)
                        + "\n");
            }
            if (out.checkError()) {
                throw new IOException("cannot write " + place.resolve(name));
            }
        }
    }

    private static String cell(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }
}
