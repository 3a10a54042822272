package dev.noether.flink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.testing.deployment.ComposeFile;
import dev.noether.testing.deployment.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Strimzi makes the same topics as {@code noether topics create}. */
class KubernetesTopicsTest {
    private static final Path BASE = ProjectFiles.file("deploy/kubernetes/base");

    @TempDir
    private Path folder;

    @Test
    void eachTopicOfTheDetectorHasItsPartitionsAndSettings() throws IOException {
        Path jaas = Files.writeString(folder.resolve("jaas"), "org.example.Login required;");
        Path file = Files.writeString(
                folder.resolve("detector.yaml"),
                Files.readString(BASE.resolve("detector.yaml"))
                        .replace("/run/secrets/kafka/sasl.jaas.config", jaas.toString()));
        DetectorConfig config = DetectorConfig.load(file);
        Map<String, Map<String, Object>> topics = topics();
        assertThat(topics.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        TopicPlan.all(config).stream().map(TopicPlan::name).toList());
        for (TopicPlan plan : TopicPlan.all(config)) {
            Map<String, Object> topic = topics.get(plan.name());
            int partitions = (Integer) topic.get("partitions");
            assertThat(partitions > 1).as(plan.name()).isEqualTo(plan.isPartitioned());
            assertThat(!plan.isPartitioned() || partitions >= config.parallelism())
                    .isTrue();
            Map<String, String> settings = new LinkedHashMap<>();
            ComposeFile.mapping(topic.get("config")).forEach((key, value) -> settings.put(key, String.valueOf(value)));
            assertThat(settings).as(plan.name()).containsAllEntriesOf(plan.settings());
        }
    }

    private static Map<String, Map<String, Object>> topics() throws IOException {
        Map<String, Map<String, Object>> topics = new LinkedHashMap<>();
        new Load(LoadSettings.builder().build())
                .loadAllFromString(Files.readString(BASE.resolve("topics.yaml")))
                .forEach(document -> {
                    Map<String, Object> spec =
                            ComposeFile.mapping(ComposeFile.mapping(document).get("spec"));
                    topics.put(String.valueOf(spec.get("topicName")), spec);
                });
        return topics;
    }
}
