package dev.noether.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetainedCheckpointsTest {
    private static final JobID JOB = JobID.fromHexString("6e6f6574686572000000000000000001");
    private static final JobID OTHER = JobID.fromHexString("73656e736f7273000000000000000001");

    @TempDir
    private Path directory;

    @Test
    void theNewestIsTheOneThatWasWrittenLast() throws IOException {
        // Numbers begin again when a job starts without a checkpoint.
        checkpoint(JOB, "chk-1000", "complete", 1);
        checkpoint(JOB, "chk-9", "complete", 2);
        Path newest = checkpoint(JOB, "chk-10", "complete", 3);

        assertThat(newest(JOB)).contains(newest);
        assertThat(RetainedCheckpoints.all(directory).stream().findFirst()).contains(newest);
    }

    @Test
    void ofTwoWrittenAtTheSameTimeTheHigherNumberIsTheNewest() throws IOException {
        checkpoint(JOB, "chk-9", "complete", 1);
        Path newest = checkpoint(JOB, "chk-10", "complete", 1);
        checkpoint(JOB, "chk-2", "complete", 1);

        assertThat(newest(JOB)).contains(newest);
    }

    @Test
    void whatEarlierStartsLeftBehindIsDeletedButNotSavepointsAndNotTheNewestSix() throws IOException {
        Path savepoint = folder("savepoints/savepoint-6e6f65-0123", "complete", 1);
        Path oldest = checkpoint(JOB, "chk-1", "complete", 2);
        Files.writeString(oldest.resolve("state"), "bytes");
        for (int i = 2; i <= 7; i++) {
            checkpoint(JOB, "chk-" + i, "complete", i + 1);
        }
        RetainedCheckpoints.removeOutdated(RetainedCheckpoints.all(directory));
        assertThat(oldest).doesNotExist();
        assertThat(savepoint).exists();
        assertThat(RetainedCheckpoints.all(directory)).hasSize(7);
    }

    @Test
    void aSavepointThatIsNewerIsTaken() throws IOException {
        checkpoint(JOB, "chk-10", "complete", 1);
        Path savepoint = folder("savepoints/savepoint-6e6f65-0123", "complete", 2);

        assertThat(newest(JOB)).contains(savepoint);
        assertThat(RetainedCheckpoints.all(directory).stream().findFirst()).contains(savepoint);

        Path checkpoint = checkpoint(JOB, "chk-11", "complete", 3);

        assertThat(newest(JOB)).contains(checkpoint);
    }

    @Test
    void thoseOfAnotherJobInTheSameDirectoryAreNotTaken() throws IOException {
        Path own = checkpoint(JOB, "chk-3", "complete", 1);
        Path foreign = checkpoint(OTHER, "chk-70", "complete", 2);
        folder("savepoints/savepoint-000000-0123", "complete", 3);

        assertThat(newest(JOB)).contains(own);
        assertThat(newest(OTHER)).contains(foreign);
        assertThat(newest(JobID.fromHexString("f".repeat(32)))).isEmpty();
    }

    @Test
    void incompleteOnesAreIgnored() throws IOException {
        Path newest = checkpoint(JOB, "chk-1", "complete", 1);
        checkpoint(JOB, "chk-2", "", 2);
        Files.createDirectories(newest.resolveSibling("chk-3"));
        checkpoint(JOB, "shared", "complete", 3);

        assertThat(newest(JOB)).contains(newest);
    }

    @Test
    void thereMayBeNone() {
        assertThat(newest(JOB)).isEmpty();
        assertThat(RetainedCheckpoints.all(directory).stream().findFirst()).isEmpty();
        assertThat(RetainedCheckpoints.all(directory.resolve("absent").toUri(), JOB).stream()
                        .findFirst())
                .isEmpty();
        assertThat(RetainedCheckpoints.all(URI.create("s3://bucket/checkpoints"), JOB).stream()
                        .findFirst())
                .isEmpty();
    }

    private Optional<Path> newest(JobID job) {
        return RetainedCheckpoints.all(directory.toUri(), job).stream().findFirst();
    }

    private Path checkpoint(JobID job, String name, String metadata, long seconds) throws IOException {
        return folder(job.toHexString() + "/" + name, metadata, seconds);
    }

    private Path folder(String name, String metadata, long seconds) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(name));
        Path file = Files.writeString(folder.resolve("_metadata"), metadata);
        Files.setLastModifiedTime(file, FileTime.from(seconds, TimeUnit.SECONDS));
        return folder;
    }
}
