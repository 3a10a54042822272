package dev.noether.flink.deployment;

import static dev.noether.flink.deployment.KubernetesFiles.at;
import static dev.noether.flink.deployment.KubernetesFiles.list;
import static dev.noether.flink.deployment.KubernetesFiles.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.access.AccessRight;
import dev.noether.flink.access.AccessRole;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.testing.deployment.ComposeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.resource.PatternType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rights of the users that Strimzi makes: on what the processes use, and on nothing else. */
class KubernetesUsersTest {
    @TempDir
    private Path folder;

    /** Neither more nor less than what each process checks at its start. */
    @Test
    void eachUserHasTheRightsThatItsProcessNeeds() throws IOException {
        DetectorConfig config = config();
        Map<String, AccessRole> roles = Map.of(
                "scoring", AccessRole.SCORE,
                "retrainer", AccessRole.RETRAINER,
                "notifier", AccessRole.NOTIFY,
                "console", AccessRole.CONSOLE,
                "producer", AccessRole.PRODUCER);
        for (Map.Entry<String, AccessRole> role : roles.entrySet()) {
            Set<String> needed = new TreeSet<>();
            for (AccessRight right : role.getValue().rights(config)) {
                needed.add(text(right));
            }
            assertThat(rights(role.getKey())).as(role.getKey()).isEqualTo(needed);
        }
    }

    private static String text(AccessRight right) {
        String kind = switch (right.resource()) {
            case TOPIC -> "topic";
            case GROUP -> "group";
            default -> "transactionalId";
        };
        String operation = switch (right.operation()) {
            case READ -> "Read";
            case WRITE -> "Write";
            case DESCRIBE_CONFIGS -> "DescribeConfigs";
            default -> String.valueOf(right.operation());
        };
        String pattern = right.pattern() == PatternType.PREFIXED ? "prefix" : "literal";
        return kind + " " + right.name() + " " + pattern + " " + operation;
    }

    @Test
    void onlyTheScoringJobWritesScoresAndOnlyTheRetrainerModels() throws IOException {
        DetectorConfig config = config();
        assertThat(writers(config.topics().scores())).containsExactly("noether-scoring");
        assertThat(writers(config.topics().incidents())).containsExactly("noether-scoring");
        assertThat(writers(config.topics().rejected())).containsExactly("noether-scoring");
        assertThat(writers(config.topics().models())).containsExactly("noether-retrainer");
        assertThat(writers(config.topics().feedback())).containsExactly("noether-console");
        assertThat(writers(config.topics().undelivered())).containsExactly("noether-notifier");
        assertThat(writers(config.topics().observations())).containsExactly("noether-producer");
    }

    @Test
    void nobodyMayDoEverything() throws IOException {
        for (Map<String, Object> user : KubernetesFiles.ofKind("KafkaUser")) {
            for (Object acl : list(at(user, "spec", "authorization", "acls"))) {
                Map<String, Object> rule = ComposeFile.mapping(acl);
                assertThat(list(rule.get("operations")).stream().map(String::valueOf))
                        .as(name(user))
                        .isSubsetOf("Read", "Write", "DescribeConfigs");
                assertThat(at(rule, "resource", "name")).isNotEqualTo("*");
                assertThat(at(rule, "resource", "type")).isNotEqualTo("cluster");
            }
        }
    }

    private DetectorConfig config() throws IOException {
        Path jaas = Files.writeString(folder.resolve("jaas"), "org.example.Login required;");
        return DetectorConfig.load(Files.writeString(
                folder.resolve("detector.yaml"),
                Files.readString(KubernetesFiles.BASE.resolve("detector.yaml"))
                        .replace("/run/secrets/kafka/sasl.jaas.config", jaas.toString())));
    }

    private static Set<String> writers(String topic) throws IOException {
        Set<String> writers = new TreeSet<>();
        for (Map<String, Object> user : KubernetesFiles.ofKind("KafkaUser")) {
            if (rights(name(user).replace("noether-", "")).contains("topic " + topic + " literal Write")) {
                writers.add(name(user));
            }
        }
        return writers;
    }

    /** Each as kind, name, pattern and operation. */
    private static Set<String> rights(String process) throws IOException {
        Map<String, Object> user = KubernetesFiles.ofKind("KafkaUser").stream()
                .filter(candidate -> name(candidate).equals("noether-" + process))
                .findFirst()
                .orElseThrow();
        Set<String> rights = new TreeSet<>();
        for (Object acl : list(at(user, "spec", "authorization", "acls"))) {
            Map<String, Object> resource =
                    ComposeFile.mapping(ComposeFile.mapping(acl).get("resource"));
            for (Object operation : list(ComposeFile.mapping(acl).get("operations"))) {
                rights.add(resource.get("type") + " " + resource.get("name") + " " + resource.get("patternType") + " "
                        + operation);
            }
        }
        return rights;
    }
}
