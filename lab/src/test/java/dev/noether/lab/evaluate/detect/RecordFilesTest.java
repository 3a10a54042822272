package dev.noether.lab.evaluate.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that a job wrote to a file are read back. */
final class RecordFilesTest {
    @TempDir
    private Path folder;

    @Test
    void recordsComeBackInTheirOrder() throws Exception {
        Path file = folder.resolve("records");
        write(file, "first", "", "drei ÄÖ");
        List<String> read = new ArrayList<>();
        double seconds = RecordFileReader.read(file, RecordFilesTest::text, read::add);
        assertThat(read).containsExactly("first", "", "drei ÄÖ");
        assertThat(seconds).isNotNegative().isFinite();
    }

    @Test
    void fewerThanTwoRecordsHaveNoDuration() throws Exception {
        Path file = folder.resolve("records");
        write(file, "alone");
        assertThat(RecordFileReader.read(file, RecordFilesTest::text, one -> {}))
                .isNaN();
        write(file);
        assertThat(RecordFileReader.read(file, RecordFilesTest::text, one -> {}))
                .isNaN();
    }

    @Test
    void aRecordThatCannotBeDecodedNamesItsFile() throws Exception {
        Path file = folder.resolve("records");
        write(file, "one");
        assertThatThrownBy(() -> RecordFileReader.read(
                        file,
                        bytes -> {
                            throw new MalformedRecordException(RejectionReason.values()[0], "no record");
                        },
                        one -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aMissingFileIsAnError() {
        assertThatThrownBy(() -> RecordFileReader.read(folder.resolve("none"), RecordFilesTest::text, one -> {}))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none");
    }

    @Test
    void temporaryFoldersAreDeletedWithAllFiles() throws IOException {
        Path place = Files.createDirectories(folder.resolve("a/b/c"));
        Files.writeString(place.resolve("file"), "x");
        TemporaryFolders.delete(folder.resolve("a"));
        assertThat(folder.resolve("a")).doesNotExist();
        assertThat(folder).exists();
    }

    @SuppressWarnings("NullAway") // the writer needs no context
    private static void write(Path file, String... records) throws Exception {
        RecordFileSink<String> sink = new RecordFileSink<>(file, record -> record.getBytes(StandardCharsets.UTF_8));
        try (SinkWriter<String> writer = sink.createWriter(null)) {
            for (String record : records) {
                writer.write(record, null);
            }
            writer.flush(true);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
