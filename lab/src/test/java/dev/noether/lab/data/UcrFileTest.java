package dev.noether.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.testing.RealData;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UcrFileTest {
    @TempDir
    Path folder;

    @Test
    void plainAndCompressedFilesReadTheSame() throws IOException {
        for (Path file : new Path[] {folder.resolve("Small_TRAIN.tsv.gz"), folder.resolve("Small_TRAIN.tsv")}) {
            LabelledSeriesSet read = UcrFile.read(write(file, "1\t0.5\t-2\t1e-3\n-1\t4\t5\t6\n"));
            assertThat(read.labels()).containsExactly("1", "-1");
            assertThat(read.series().count()).isEqualTo(2);
            assertThat(read.series().length()).isEqualTo(3);
            assertThat(read.series().values()).containsExactly(0.5f, -2f, 1e-3f, 4f, 5f, 6f);
        }
    }

    @Test
    void manyRowsFitAsWellAsFew() throws IOException {
        LabelledSeriesSet read = UcrFile.read(write(folder.resolve("many.tsv"), "7\t1\t2\t3\n".repeat(1000)));
        assertThat(read.series().count()).isEqualTo(1000);
        assertThat(read.series().row(999)).containsExactly(1, 2, 3);
    }

    @Test
    void aFaultIsNamedWithItsFileAndLine() {
        assertFault("1\t1\t2\n1\t1\t2\t3\n", "line 2: found 3 values, expected 2 as in line 1");
        assertFault("1\t1\t2\n1\t1\n", "line 2: found 1 values, expected 2 as in line 1");
        assertFault("1\t1\t2\n\n", "line 2: found an empty line, expected a label, a tab and the values of a series");
        assertFault("1,2,3\n", "line 1: found \"1,2,3\", expected a label, a tab and the values of a series");
        assertFault("1\t1\tx\n", "line 1: found \"x\" as value 2, expected a finite number");
        assertFault("1\tNaN\t2\n", "line 1: found \"NaN\" as value 1, expected a finite number");
        assertFault("1\t2\t\n", "line 1: found \"\" as value 2, expected a finite number");
        assertFault("1\t2\t1e999\n", "line 1: found \"1e999\" as value 2, expected a finite number");
    }

    @Test
    void anEmptyAMissingAndADamagedFileAreRefused() throws IOException {
        Path empty = write(folder.resolve("empty.tsv.gz"), "");
        assertThatThrownBy(() -> UcrFile.read(empty)).hasMessage(empty + " is empty, expected one series a line");
        Path missing = folder.resolve("Missing_TEST.tsv.gz");
        assertThatThrownBy(() -> UcrFile.read(missing))
                .isInstanceOf(SeriesDataException.class)
                .hasMessage(missing + " does not exist");
        Path damaged = Files.writeString(folder.resolve("damaged.tsv.gz"), "1\t2\t3\n");
        assertThatThrownBy(() -> UcrFile.read(damaged)).hasMessage(damaged + " cannot be read: Not in GZIP format");
    }

    @Test
    void theArchivesOwnFilesAreRead() {
        LabelledSeriesSet read = UcrFile.read(RealData.require("ucr").resolve("CBF_TRAIN.tsv.gz"));
        assertThat(read.series().count()).isEqualTo(30);
        assertThat(read.series().length()).isEqualTo(128);
        assertThat(read.labels()).containsOnly("1", "2", "3");
    }

    private void assertFault(String text, String message) {
        Path file = folder.resolve("faulty.tsv");
        assertThatThrownBy(() -> UcrFile.read(write(file, text)))
                .isInstanceOf(SeriesDataException.class)
                .hasMessage(file + ", " + message);
    }

    private static Path write(Path file, String text) throws IOException {
        OutputStream bytes = Files.newOutputStream(file);
        try (OutputStream stream = file.toString().endsWith(".gz") ? new GZIPOutputStream(bytes) : bytes) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
