package dev.noether.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetainedCheckpointsTest {
    private static final JobID JOB = EmbeddedScoring.id("fleet");

    @TempDir
    private Path directory;

    @Test
    void theHighestNumberIsTheNewest() throws IOException {
        checkpoint(JOB, "chk-9", "complete");
        Path newest = checkpoint(JOB, "chk-10", "complete");
        checkpoint(JOB, "chk-2", "complete");

        assertThat(newest(JOB)).contains(newest);
    }

    @Test
    void checkpointsOfAnotherDetectorInTheSameDirectoryAreNotTaken() throws IOException {
        Path own = checkpoint(EmbeddedScoring.id("fleet"), "chk-3", "complete");
        checkpoint(EmbeddedScoring.id("sensors"), "chk-70", "complete");

        assertThat(newest(EmbeddedScoring.id("fleet"))).contains(own);
        assertThat(newest(EmbeddedScoring.id("new"))).isEmpty();
    }

    @Test
    void whatWasNotCompletedDoesNotCount() throws IOException {
        Path newest = checkpoint(JOB, "chk-1", "complete");
        checkpoint(JOB, "chk-2", "");
        Files.createDirectories(newest.resolveSibling("chk-3"));
        checkpoint(JOB, "shared", "complete");

        assertThat(newest(JOB)).contains(newest);
    }

    @Test
    void thereMayBeNone() {
        assertThat(newest(JOB)).isEmpty();
        assertThat(RetainedCheckpoints.newest(directory.resolve("absent").toUri(), JOB))
                .isEmpty();
        assertThat(RetainedCheckpoints.newest(URI.create("s3://bucket/checkpoints"), JOB))
                .isEmpty();
    }

    private Optional<Path> newest(JobID job) {
        return RetainedCheckpoints.newest(directory.toUri(), job);
    }

    private Path checkpoint(JobID job, String name, String metadata) throws IOException {
        Path checkpoint =
                Files.createDirectories(directory.resolve(job.toHexString()).resolve(name));
        Files.writeString(checkpoint.resolve("_metadata"), metadata);
        return checkpoint;
    }
}
