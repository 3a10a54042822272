package dev.noether.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureReasonTest {
    @TempDir
    private Path folder;

    @Test
    void namesTheReasonThatTheClassOfTheExceptionImplies() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(reason(() -> Files.newInputStream(folder.resolve("none")))).isEqualTo("it does not exist");
        assertThat(reason(() -> Files.list(file))).isEqualTo("a file with this name exists");
        assertThat(reason(() -> Files.createDirectories(file))).isEqualTo("a file with this name exists");
        assertThat(FailureReason.of(new AccessDeniedException("file"))).isEqualTo("permission denied");
        assertThat(FailureReason.of(new FileSystemException("file", null, "No space left on device")))
                .isEqualTo("No space left on device");
        assertThat(FailureReason.of(new IOException("Not in GZIP format"))).isEqualTo("Not in GZIP format");
    }

    private static String reason(Attempt attempt) {
        try {
            attempt.run();
        } catch (IOException exception) {
            return FailureReason.of(exception);
        }
        throw new AssertionError("nothing failed");
    }

    private interface Attempt {
        void run() throws IOException;
    }
}
