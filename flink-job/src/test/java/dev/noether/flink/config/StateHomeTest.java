package dev.noether.flink.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateHomeTest {
    @TempDir
    private Path folder;

    @Test
    void theDefaultLiesBelowTheUsersHomeWhateverTheWorkingDirectory() {
        assertThat(StateHome.directory(null, "/home/u", "d", "checkpoints"))
                .hasToString("file:/home/u/.local/state/noether/d/checkpoints");
        assertThat(StateHome.directory("/var/state", "/home/u", "d", "models"))
                .hasToString("file:/var/state/noether/d/models");
        assertThat(StateHome.directory("relative", "/home/u", "d", "models"))
                .hasToString("file:/home/u/.local/state/noether/d/models");
    }

    @Test
    void aRelativeDirectoryIsRelativeToTheDetectorFile() throws IOException {
        List<String> warnings = new ArrayList<>();
        DetectorConfig config = DetectorConfig.load(file("state/checkpoints"), warnings::add);
        assertThat(config.checkpoints().directory().getPath())
                .isEqualTo(folder.resolve("state/checkpoints").toString());
        assertThat(warnings).isEmpty();
    }

    /** Earlier versions took the path as relative to the working directory. */
    @Test
    void aDirectoryThatEarlierVersionsUsedStaysInUse() throws IOException {
        List<String> warnings = new ArrayList<>();
        DetectorConfig config = DetectorConfig.load(file("pom.xml"), warnings::add);
        assertThat(config.checkpoints().directory().getPath())
                .isEqualTo(Path.of("pom.xml").toAbsolutePath().toString());
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("line 3: `checkpoints.directory` is relative to this file", "Write the whole path");
    }

    private Path file(String checkpoints) throws IOException {
        return Files.writeString(
                folder.resolve("detector.yaml"),
                "detector: d\nfeatures: [x]\ncheckpoints: {directory: " + checkpoints + "}\n");
    }
}
