package dev.noether.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.console.ExitCode;
import dev.noether.embedded.EmbeddedBroker;
import dev.noether.testing.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two {@code score} processes for one detector, in two folders; the first one is killed. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("long")
class TwoScoresIT {
    @TempDir
    private Path folder;

    @Test
    void theSecondIsRefusedAndContinuesWhenTheFirstIsKilled() throws Exception {
        Path one = Files.createDirectory(folder.resolve("one"));
        Path two = Files.createDirectory(folder.resolve("two"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            Path config = Files.writeString(
                    folder.resolve("detector.yaml"),
                    "detector: d\nfeatures: [x]\nkafka: {bootstrapServers: '" + broker.bootstrapServers()
                            + "'}\ncheckpoints: {interval: PT0.2S}\n");
            try (NoetherProcess first = score(one, config)) {
                first.awaitOutput("Scoring d.observations");
                awaitCheckpoint();

                try (NoetherProcess second = score(two, config)) {
                    assertThat(second.waitFor()).as(second::output).isEqualTo(ExitCode.FAILED);
                    assertThat(second.output())
                            .containsPattern("noether: detector d is already scored by process " + first.pid()
                                    + " on host .* in folder .*one since ");
                }
                first.kill();
                assertThat(first.waitFor()).isNotZero();
            }
            try (NoetherProcess second = score(two, config)) {
                second.awaitOutput("Scoring d.observations.*, from checkpoint .*/state/noether/d/checkpoints/.*/chk-");
            }
        }
    }

    private NoetherProcess score(Path workingDirectory, Path config) throws IOException {
        return NoetherProcess.startWithState(
                workingDirectory, folder.resolve("state"), "score", "--create-topics", "--config", config.toString());
    }

    private void awaitCheckpoint() throws Exception {
        Patience.await("a checkpoint", this::hasCheckpoint, () -> "none");
    }

    private boolean hasCheckpoint() throws IOException {
        Path state = folder.resolve("state");
        if (!Files.exists(state)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(state)) {
            return files.anyMatch(file -> file.endsWith("_metadata"));
        } catch (UncheckedIOException deletedMeanwhile) {
            return false;
        }
    }
}
