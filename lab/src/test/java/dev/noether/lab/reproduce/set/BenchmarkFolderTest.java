package dev.noether.lab.reproduce.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.noether.cli.console.BadUseException;
import dev.noether.lab.reproduce.TinySets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read, and what is refused with what words. */
final class BenchmarkFolderTest {
    private static final String TEN = "\t1\t2\t3\t4\t5\t6\t7\t8\t9\t10\n";

    @TempDir
    private Path folder;

    @Test
    void findsSetsInTheFolderAndInUcr() throws IOException {
        TinySets.write(folder, "Beta", 12, 5);
        TinySets.write(Files.createDirectory(folder.resolve("ucr")), "Alpha", 10, 4);
        BenchmarkFolder sets = new BenchmarkFolder(folder, 11);
        assertThat(sets.names()).containsExactly("Alpha", "Beta");
        assertThat(sets.read("Alpha").test().count()).isEqualTo(4);
        BenchmarkSet cut = sets.read("Beta");
        assertThat(cut.train().count()).isEqualTo(11);
        assertThat(cut.notes()).anyMatch(note -> note.contains("only 11 of its 12 training rows"));
    }

    @Test
    void findsSetsAsTheArchiveHasThem() throws IOException {
        Path coffee = Files.createDirectory(folder.resolve("Coffee"));
        Files.writeString(coffee.resolve("Coffee_TRAIN.tsv"), "1" + TEN + "2" + TEN + "1" + TEN);
        Files.writeString(coffee.resolve("Coffee_TEST.tsv"), "1" + TEN);
        Files.writeString(coffee.resolve("README.md"), "Coffee");
        Path ucr =
                Files.createDirectories(folder.resolve("ucr").resolve("Beef")).getParent();
        TinySets.write(ucr.resolve("Beef"), "Beef", 10, 4);
        Files.writeString(ucr.resolve("Plain_TRAIN.tsv"), "1" + TEN + "2" + TEN + "1" + TEN);
        Files.createDirectory(folder.resolve("Missing_value_and_variable_length_datasets_adjusted"));
        BenchmarkFolder sets = new BenchmarkFolder(folder, 1000);
        assertThat(sets.names()).containsExactly("Beef", "Coffee", "Plain");
        assertThat(sets.read("Coffee").train().count()).isEqualTo(3);
        assertThat(sets.read("Coffee").test().count()).isEqualTo(1);
        assertThat(sets.read("Beef").test().count()).isEqualTo(4);
        // A test file is one of its training file's folder.
        Files.writeString(folder.resolve("Plain_TEST.tsv"), "1" + TEN);
        assertThat(sets.read("Plain").notes()).anyMatch(note -> note.contains("no test file"));
    }

    @Test
    void aSetWithoutTestFileIsSplitAndSaysSo() throws IOException {
        TinySets.write(folder, "Own", 30, 4);
        Files.delete(folder.resolve("Own_TEST.tsv.gz"));
        BenchmarkSet set = new BenchmarkFolder(folder, 1000).read("Own");
        assertThat(set.train().count()).isEqualTo(20);
        assertThat(set.test().count()).isEqualTo(10);
        assertThat(set.notes()).anyMatch(note -> note.contains("no test file"));
        assertThat(new BenchmarkFolder(folder, 1000).read("Own").fingerprint()).isEqualTo(set.fingerprint());
    }

    @Test
    void seriesAreNormalisedAndAConstantOneBecomesZero() throws IOException {
        write("A", "1\t7\t7\t7\t7\t7\t7\t7\t7\t7\t7\n1" + TEN, "2" + TEN);
        BenchmarkSet set = new BenchmarkFolder(folder, 1000).read("A");
        assertThat(set.train().row(0)).containsOnly(0);
        assertThat(set.test().value(0, 9)).isCloseTo(4.5f / (float) Math.sqrt(8.25), within(1e-6f));
        assertThat(set.notes()).anyMatch(note -> note.contains("was z-normalised"));
    }

    @Test
    void saysWhatIsWrongWithASet() throws IOException {
        TinySets.write(folder, "Good", 10, 4);
        refused("Bad", "no set Bad in", "the sets there are Good");
        write("Ragged", "1" + TEN + "1\t1\t2\n", "1" + TEN);
        refused("Ragged", "line 2: found 2 values, expected 10 as in line 1");
        write("Missing", "1" + TEN.replace("\t4\t", "\tNaN\t"), "1" + TEN);
        refused("Missing", "line 1: found \"NaN\" as value 4, expected a finite number");
        write("Lengths", "1" + TEN + "1" + TEN, "1\t1\t2\n");
        refused("Lengths", "its training series have 10 values, its test series 2");
        write("One", "1" + TEN, "1" + TEN);
        refused("One", "it has 1 training row, expected at least 2");
        write("Short", "1\t1\t2\t3\n1\t1\t2\t4\n", "1\t1\t2\t3\n");
        refused("Short", "its rows have 3 values, fewer than the code of 10");
        write("Empty", "", "");
        refused("Empty", "is empty, expected one series a line");
        write("Unlabelled", TEN + TEN, TEN);
        refused("Unlabelled", "expected a label, a tab and the values");
        TinySets.write(folder.resolve("Two_TRAIN.tsv.gz"), "1" + TEN + "1" + TEN);
        refused("Two", "it has 2 training rows, expected at least 3");
    }

    @Test
    void aClassThatOneFileLacksChangesNothing() throws IOException {
        write("Classes", "1" + TEN + "1" + TEN, "2" + TEN);
        assertThat(new BenchmarkFolder(folder, 1000).read("Classes").test().count())
                .isEqualTo(1);
    }

    private void write(String name, String train, String test) throws IOException {
        TinySets.write(folder.resolve(name + "_TRAIN.tsv.gz"), train);
        TinySets.write(folder.resolve(name + "_TEST.tsv.gz"), test);
    }

    private void refused(String name, String... words) {
        assertThatExceptionOfType(BadUseException.class)
                .isThrownBy(() -> new BenchmarkFolder(folder, 1000).read(name))
                .satisfies(exception -> assertThat(exception).hasMessageContainingAll(words));
    }
}
