package dev.noether.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.console.ExitCode;
import dev.noether.embedded.EmbeddedBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A Kafka cluster that does not answer or lacks topics ends a command with one line before anything starts. */
class UnreachableBrokerIT {
    @TempDir
    private Path folder;

    @Test
    void aBrokerThatDoesNotAnswer() throws Exception {
        String config = config();
        List<CompletableFuture<String>> refusals = Stream.of("score", "retrain", "run")
                .map(command -> CompletableFuture.supplyAsync(
                        () -> refusal(command, "--config", config, "--bootstrap", "127.0.0.1:1"),
                        task -> new Thread(task).start()))
                .toList();
        for (CompletableFuture<String> refusal : refusals) {
            assertThat(refusal.get()).endsWith("no Kafka broker answers at 127.0.0.1:1 within 10 s");
        }
    }

    @Test
    void aTopicThatIsMissing() throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            assertThat(refusal("score", "--config", config(), "--bootstrap", broker.bootstrapServers()))
                    .contains("noether: the topic d.observations does not exist", "the topic d.scores does not exist");
        }
    }

    private String config() throws IOException {
        Path config = folder.resolve("detector.yaml");
        Files.writeString(config, "detector: d\nfeatures: [x]\n");
        return config.toString();
    }

    private static String refusal(String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine commands = Main.commands(() -> false);
        commands.setErr(new PrintWriter(err));
        assertThat(commands.execute(arguments)).isEqualTo(ExitCode.BAD_USE);
        assertThat(err.toString()).doesNotContain("\tat ");
        return err.toString().strip();
    }
}
