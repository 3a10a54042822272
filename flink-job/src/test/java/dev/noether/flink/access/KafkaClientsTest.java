package dev.noether.flink.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every class that makes a client of Kafka gives it the settings of {@code kafka.properties}. One that does not would work
 * in all tests without TLS, and fail where a user has it.
 */
class KafkaClientsTest {
    private static final Pattern CLIENT = Pattern.compile(
            "new KafkaConsumer<|new KafkaProducer<|Admin\\.create\\(|KafkaSource\\.<|KafkaSource\\.builder|KafkaSink\\.<");
    private static final Pattern SETTINGS = Pattern.compile("\\.(clientProperties|jobProperties)\\(\\)");

    /** They talk to the broker that the same program has started. */
    private static final Set<String> OWN_BROKER = Set.of("TopicCreator", "BenchmarkTopics", "LatencyProbe");

    private static final List<String> MODULES = List.of("embedded", "flink-job", "console", "cli", "lab");

    @Test
    void allHaveTheSettingsOfTheDetectorFile() throws IOException {
        Path root = Files.exists(Path.of("flink-job")) ? Path.of("") : Path.of("..");
        Set<String> without = new TreeSet<>();
        int count = 0;
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(one -> one.toString().endsWith(".java")).toList()) {
                    String text = text(file);
                    if (CLIENT.matcher(text).find()) {
                        count++;
                        if (!SETTINGS.matcher(text).find()) {
                            without.add(file.getFileName().toString().replace(".java", ""));
                        }
                    }
                }
            }
        }
        assertThat(count).isGreaterThan(15);
        assertThat(without).isEqualTo(new TreeSet<>(OWN_BROKER));
    }

    /** The settings of a job are sent through the cluster: they must not contain what the placeholders stand for. */
    @Test
    void sourcesAndSinksOfJobsHavePlaceholders() throws IOException {
        Path root = Files.exists(Path.of("flink-job")) ? Path.of("flink-job") : Path.of("");
        try (Stream<Path> files = Files.walk(root.resolve("src/main/java"))) {
            List<Path> ofJobs = files.filter(one -> one.toString().endsWith(".java"))
                    .filter(one -> Pattern.compile("Kafka(Source|Sink)\\.(<|builder)")
                            .matcher(text(one))
                            .find())
                    .toList();
            assertThat(ofJobs)
                    .hasSizeGreaterThan(3)
                    .allSatisfy(one -> assertThat(text(one))
                            .contains("config.kafka().jobProperties()")
                            .doesNotContain(
                                    "setProperties(config.kafka().clientProperties())",
                                    "putAll(config.kafka().clientProperties())"));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
