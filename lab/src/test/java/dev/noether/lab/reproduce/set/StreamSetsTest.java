package dev.noether.lab.reproduce.set;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.noether.cli.console.BadUseException;
import dev.noether.lab.reproduce.TinySets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams as sets of windows. */
final class StreamSetsTest {
    @TempDir
    private Path folder;

    @Test
    void cutsWindowsOutOfEachPart() throws IOException {
        write("fleet/one", 100, 60, row -> row >= 20 && row < 30);
        List<BenchmarkSet> sets = new StreamSets(List.of(folder.resolve("fleet")), 50).read();
        assertThat(sets).hasSize(1);
        BenchmarkSet set = sets.get(0);
        assertThat(set.name()).isEqualTo("fleet/one");
        assertThat(set.series()).isFalse();
        // Of three features the last is constant; of 71 windows in the first 80 rows 50 are taken, of the last 20 rows
        // all 11.
        assertThat(set.train().count()).isEqualTo(50);
        assertThat(set.train().length()).isEqualTo(2 * StreamSets.WINDOW);
        assertThat(set.test().count()).isEqualTo(11);
        assertThat(set.notes()).anyMatch(note -> note.contains("1 features that are constant"));
        DetectionTestSet labelled = set.labelled();
        assertThat(labelled).isNotNull();
        assertThat(labelled.rows().count()).isEqualTo(51);
        // A window is anomalous if its newest row is: rows 20 to 29 are the newest of windows 11 to 20.
        for (int window = 0; window < 51; window++) {
            assertThat(labelled.labels()[window]).isEqualTo(window >= 11 && window <= 20);
        }
        // Feature 0 rises by 1 from row to row: mean 39.5 over 80 rows, variance (80² − 1) / 12.
        assertThat(set.train().value(0, 0)).isCloseTo((float) (-39.5 / Math.sqrt(6399 / 12.0)), within(1e-5f));
    }

    @Test
    void anAlarmBesideAnEventIsWorthMoreThanOneFarFromIt() throws IOException {
        write("fleet/one", 100, 160, row -> row >= 20 && row < 30);
        DetectionTestSet labelled = requireNonNull(new StreamSets(List.of(folder.resolve("fleet")), 50)
                .read()
                .get(0)
                .labelled());
        // Rows 20 to 29 are the newest of windows 11 to 20.
        double exact = labelled.vusPr(alarms(11, 20));
        double late = labelled.vusPr(alarms(21, 30));
        double far = labelled.vusPr(alarms(120, 129));
        assertThat(exact).isGreaterThan(late);
        assertThat(late).isGreaterThan(far + 0.1);
    }

    private static float[] alarms(int first, int last) {
        float[] errors = new float[151];
        for (int window = 0; window < errors.length; window++) {
            errors[window] = window >= first && window <= last ? 1 : window * 1e-6f;
        }
        return errors;
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        write("short/one", 20, 60, row -> false);
        assertThatExceptionOfType(BadUseException.class)
                .isThrownBy(() -> new StreamSets(List.of(folder.resolve("short")), 50).read())
                .withMessageContaining("it has 20 training rows, too few for windows of 10");
        assertThatExceptionOfType(BadUseException.class)
                .isThrownBy(() -> new StreamSets(List.of(folder.resolve("nowhere")), 50).read())
                .withMessageContaining("there is no file or folder");
    }

    @Test
    void withoutAnomaliesNothingIsJudged() throws IOException {
        write("calm/one", 100, 60, row -> false);
        assertThat(new StreamSets(List.of(folder.resolve("calm")), 50)
                        .read()
                        .get(0)
                        .labelled())
                .isNull();
    }

    private void write(String name, int train, int test, IntPredicate anomalous) throws IOException {
        Path place = Files.createDirectories(folder.resolve(name));
        TinySets.write(place.resolve("train.csv.gz"), text(train, false, anomalous));
        TinySets.write(place.resolve("test.csv.gz"), text(test, true, anomalous));
    }

    private static String text(int rows, boolean labels, IntPredicate anomalous) {
        StringBuilder text = new StringBuilder("t,f0,f1,f2" + (labels ? ",label" : "") + "\n");
        for (int row = 0; row < rows; row++) {
            text.append(String.format(Locale.ROOT, "%d,%d,%.4f,5", row, row, Math.sin(row)));
            text.append(labels ? anomalous.test(row) ? ",1" : ",0" : "").append('\n');
        }
        return text.toString();
    }
}
