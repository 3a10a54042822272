package dev.noether.lab.evaluate.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.data.StreamDataException;
import dev.noether.testing.Fuzz;
import dev.noether.testing.RandomizedTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the files of an evaluation contain, they are read or refused in words. */
@Timeout(100)
class DatasetFuzzTest extends RandomizedTest {
    private static final int FILES = 250;

    @TempDir
    private Path folder;

    @Test
    void aMutatedSeriesIsReadOrRefusedInWords() throws IOException {
        Fuzz fuzz = new Fuzz(random());
        Files.createDirectories(folder.resolve("hosts/a"));
        byte[] test = rows("t,x,y,label", ",0").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < Fuzz.cases(FILES); i++) {
            Files.writeString(folder.resolve("hosts/a/train.csv"), rows("t,x,y", ""));
            byte[] damaged = i % 2 == 0 ? fuzz.bytes(compressed(test)) : compressed(fuzz.text(test));
            Files.write(folder.resolve("hosts/a/test.csv.gz"), damaged);
            load();
        }
    }

    @Test
    void aMutatedTableIsReadOrRefusedInWords() throws IOException {
        Fuzz fuzz = new Fuzz(random());
        Files.createDirectories(folder.resolve("tables"));
        StringBuilder table = new StringBuilder();
        for (int row = 0; row < 30; row++) {
            table.append(row % 10 == 0 ? 1 : 0).append(",").append(row * .25).append(",-7\n");
        }
        byte[] good = table.toString().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < Fuzz.cases(FILES); i++) {
            Files.write(folder.resolve("tables/one.csv"), fuzz.text(good));
            load();
        }
    }

    private void load() {
        try {
            for (EvaluationSet set : DataFolders.find(List.of(folder))) {
                set.series().forEach(series -> series.load(0));
            }
        } catch (StreamDataException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static String rows(String header, String label) {
        StringBuilder text = new StringBuilder(header).append('\n');
        for (int row = 0; row < 40; row++) {
            text.append(row)
                    .append(',')
                    .append(row * .5)
                    .append(",1e3")
                    .append(label)
                    .append('\n');
        }
        return text.toString();
    }

    private static byte[] compressed(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text);
        }
        return bytes.toByteArray();
    }
}
