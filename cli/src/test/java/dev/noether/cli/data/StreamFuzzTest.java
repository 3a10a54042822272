package dev.noether.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.Fuzz;
import dev.noether.testing.RandomizedTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a recorded stream contains, it is read or refused in words. */
@Timeout(100)
class StreamFuzzTest extends RandomizedTest {
    private static final int FILES = 250;

    @TempDir
    private Path folder;

    @Test
    void aMutatedStreamIsReadOrRefusedInWords() throws IOException {
        byte[] text = good().getBytes(StandardCharsets.UTF_8);
        Fuzz fuzz = new Fuzz(random());
        for (int i = 0; i < Fuzz.cases(FILES); i++) {
            read("test.csv", fuzz.text(text));
            read("test.csv.gz", i % 2 == 0 ? fuzz.bytes(compressed(text)) : compressed(fuzz.text(text)));
        }
    }

    private void read(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, bytes);
        try (StreamReader reader = StreamReader.open(file)) {
            while (reader.next()) {
                assertThat(reader.row()).hasSameSizeAs(reader.featureNames());
            }
        } catch (StreamDataException refused) {
            assertThat(refused.getMessage()).contains(file.toString());
        }
    }

    private static String good() {
        StringBuilder text = new StringBuilder("t,cpu,memory,label\n");
        for (int minute = 0; minute < 40; minute++) {
            text.append(minute)
                    .append(",")
                    .append(minute * .5)
                    .append(",7.25e1,")
                    .append(minute % 7 == 0 ? 1 : 0);
            text.append('\n');
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
