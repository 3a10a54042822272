package dev.noether.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.cli.console.BadUseException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadMarkerTest {
    @TempDir
    private Path folder;

    @Test
    void aNewDirectoryIsCreatedAndHasNoMarker() throws IOException {
        Path root = folder.resolve("a/b");

        assertThat(new WorkloadMarker(root).isPresent("a fleet")).isFalse();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void theSameWorkloadMayContinue() throws IOException {
        new WorkloadMarker(folder).write("a fleet");

        assertThat(new WorkloadMarker(folder).isPresent("a fleet")).isTrue();
    }

    @Test
    void anotherWorkloadIsRefused() throws IOException {
        new WorkloadMarker(folder).write("a fleet");

        assertThatThrownBy(() -> new WorkloadMarker(folder).isPresent("streams"))
                .isInstanceOf(BadUseException.class)
                .hasMessage(
                        "the directory " + folder + " contains a demonstration with a fleet; it cannot continue with"
                                + " streams; choose another directory");
    }
}
