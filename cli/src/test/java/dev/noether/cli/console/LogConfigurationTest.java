package dev.noether.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log file of {@code ./noether} is bounded, whatever is logged. */
class LogConfigurationTest {
    private static final String PROPERTY = "noether.log";
    private static final long MEGABYTE = 1 << 20;

    @TempDir
    private Path folder;

    private LoggerContext context;

    @BeforeEach
    void start() {
        System.setProperty(PROPERTY, folder.resolve("noether.log").toString());
        Path root = Path.of("").toAbsolutePath();
        Path configuration = root.resolve("deploy/log4j2.xml");
        context = new LoggerContext(
                "test",
                null,
                (Files.exists(configuration) ? configuration : root.resolveSibling("deploy/log4j2.xml")).toUri());
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
        System.clearProperty(PROPERTY);
    }

    @Test
    void aWarningThatKafkaRepeatsIsLimited() throws IOException {
        Logger kafka = context.getLogger("org.apache.kafka.clients.consumer.internals.FetchCollector");
        for (int i = 0; i < 20_000; i++) {
            kafka.warn("Received unknown topic or partition error in fetch for partition d.observations-{}", i % 4);
        }
        context.getLogger("dev.noether.Job").error("what an operator must see");
        List<String> lines = Files.readAllLines(folder.resolve("noether.log"));
        assertThat(lines.size()).isBetween(10, 200);
        assertThat(lines).last().asString().contains("what an operator must see");
    }

    @Test
    void theFilesHaveAGreatestSize() throws IOException {
        Logger flink = context.getLogger("org.apache.flink.Test");
        String line = "x".repeat(100_000);
        for (int i = 0; i < 1_500; i++) {
            flink.warn(line);
        }
        flink.warn("the last line");
        try (Stream<Path> files = Files.list(folder)) {
            long bytes = files.mapToLong(file -> file.toFile().length()).sum();
            assertThat(bytes).isBetween(60 * MEGABYTE, 102 * MEGABYTE);
        }
        assertThat(Files.readString(folder.resolve("noether.log"))).endsWith("the last line\n");
    }
}
