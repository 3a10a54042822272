package dev.noether.lab.evaluate.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.lab.evaluate.TestingSeries;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScoreFilesTest {
    @TempDir
    private Path folder;

    @Test
    void writesOneLineForEachTestRow() throws IOException {
        EvaluationSeries series = TestingSeries.stream(1, 5, new boolean[] {false, true, false}, List.of(), 1);
        double[] scores = {0.5, 12, Double.NaN};
        double[] pValues = {0.4, 0.001, Double.NaN};
        ScoreFiles files = new ScoreFiles(folder.resolve("new"));
        files.write("fleet", series, 0, TestingSeries.output(scores, pValues));
        assertThat(Files.readAllLines(folder.resolve("new/fleet/noise.csv")))
                .containsExactly(
                        "t,score,alarmScore,pValue,verdict,label",
                        "0,0.5,0.5,0.4,NORMAL,0",
                        "1,12.0,12.0,0.001,ANOMALOUS,1",
                        "2,,,,UNSCORED,0");
    }

    @Test
    void furtherSplitsHaveFilesOfTheirOwn() throws IOException {
        EvaluationSeries series = TestingSeries.stream(1, 5, new boolean[2], List.of(), 1);
        ScoreFiles files = new ScoreFiles(folder);
        for (int split = 0; split < 3; split++) {
            files.write("t", series, split, TestingSeries.output(new double[] {split, 0}, new double[] {1, 1}));
        }
        for (String name : List.of("noise.csv", "noise-split2.csv", "noise-split3.csv")) {
            assertThat(folder.resolve("t").resolve(name)).exists();
        }
        assertThat(Files.readString(folder.resolve("t/noise-split3.csv"))).contains("0,2.0,2.0,1.0,NORMAL,0");
    }
}
