package dev.noether.lab.evaluate.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.cli.data.StreamDataException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvFileTest {
    @TempDir
    private Path folder;

    @Test
    void compressedFilesReadLikePlainOnes() throws IOException {
        String text = "a,b\r\n1,2\n\n   \n3,4\n";
        Path plain = Files.writeString(folder.resolve("x.csv"), text);
        Path packed = folder.resolve("x.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(new CsvFile(plain).lines()).containsExactly("a,b", "1,2", "3,4");
        assertThat(new CsvFile(packed).lines()).isEqualTo(new CsvFile(plain).lines());
        assertThat(new CsvFile(packed).firstLine()).isEqualTo("a,b");
        assertThat(CsvFile.baseName(packed)).isEqualTo("x");
        assertThat(CsvFile.isOne(packed)).isTrue();
        assertThat(CsvFile.isOne(folder)).isFalse();
        assertThat(CsvFile.isOne(folder.resolve("none.csv"))).isFalse();
    }

    @Test
    void cellsAreSeparatedByCommasOrSemicolons() {
        assertThat(CsvFile.cells("1,2,,")).containsExactly("1", "2", "", "");
        assertThat(CsvFile.cells("2020-01-01;1,5;2")).containsExactly("2020-01-01", "1,5", "2");
    }

    @Test
    void anEmptyFileHasNoFirstLine() throws IOException {
        Path file = Files.writeString(folder.resolve("empty.csv"), "");
        assertThat(new CsvFile(file).firstLine()).isNull();
        assertThat(new CsvFile(file).lines()).isEmpty();
    }

    @Test
    void numbersMayBeMissingButNotWrong() {
        CsvFile file = new CsvFile(folder.resolve("x.csv"));
        assertThat(file.number(" 1.5 ", 3, "speed")).isEqualTo(1.5f);
        assertThat(file.number("  ", 3, "speed")).isNaN();
        for (String wrong : new String[] {"NaN", "Infinity", "1e99", "one", "0x"}) {
            assertThatThrownBy(() -> file.number(wrong, 3, "speed"))
                    .isInstanceOf(StreamDataException.class)
                    .hasMessageContaining("x.csv line 3: `speed` is `" + wrong + "`, expected a finite number");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "-1", "", "true", "0.5"})
    void labelsAreZeroOrOne(String wrong) {
        CsvFile file = new CsvFile(folder.resolve("x.csv"));
        assertThat(file.label(" 1.0", 1, "label")).isTrue();
        assertThat(file.label("0", 1, "label")).isFalse();
        assertThatThrownBy(() -> file.label(wrong, 7, "label"))
                .isInstanceOf(StreamDataException.class)
                .hasMessageContaining("line 7", "expected 0 (normal) or 1 (anomalous)");
    }

    @Test
    void aDamagedArchiveNamesItsFile() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.csv.gz"), "not compressed");
        assertThatThrownBy(() -> new CsvFile(file).lines())
                .isInstanceOf(StreamDataException.class)
                .hasMessageContaining("bad.csv.gz");
    }
}
