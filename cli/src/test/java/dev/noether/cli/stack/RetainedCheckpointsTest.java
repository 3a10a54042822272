package dev.noether.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetainedCheckpointsTest {
    @TempDir
    private Path directory;

    @Test
    void theHighestNumberIsTheNewestWhicheverRunMadeIt() throws IOException {
        checkpoint("a/chk-9", "complete");
        Path newest = checkpoint("b/chk-10", "complete");
        checkpoint("b/chk-2", "complete");

        assertThat(RetainedCheckpoints.newest(directory)).contains(newest);
        assertThat(RetainedCheckpoints.newest(directory.toUri())).contains(newest);
    }

    @Test
    void whatWasNotCompletedDoesNotCount() throws IOException {
        Path newest = checkpoint("a/chk-1", "complete");
        checkpoint("a/chk-2", "");
        Files.createDirectories(directory.resolve("a/chk-3"));
        checkpoint("a/shared", "complete");

        assertThat(RetainedCheckpoints.newest(directory)).contains(newest);
    }

    @Test
    void thereMayBeNone() {
        assertThat(RetainedCheckpoints.newest(directory)).isEmpty();
        assertThat(RetainedCheckpoints.newest(directory.resolve("absent"))).isEmpty();
        assertThat(RetainedCheckpoints.newest(URI.create("s3://bucket/checkpoints")))
                .isEmpty();
    }

    private Path checkpoint(String name, String metadata) throws IOException {
        Path checkpoint = Files.createDirectories(directory.resolve(name));
        Files.writeString(checkpoint.resolve("_metadata"), metadata);
        return checkpoint;
    }
}
