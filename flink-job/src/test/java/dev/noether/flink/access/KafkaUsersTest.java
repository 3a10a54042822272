package dev.noether.flink.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.model.feature.FeatureSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.resource.PatternType;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The users of Kafka in the files for Kubernetes have the rights of the list, no more and no fewer. */
class KafkaUsersTest {
    private static final Map<String, AccessRole> USERS = Map.of(
            "noether-scoring", AccessRole.SCORE,
            "noether-retrainer", AccessRole.RETRAINER,
            "noether-notifier", AccessRole.NOTIFY,
            "noether-console", AccessRole.CONSOLE,
            "noether-producer", AccessRole.PRODUCER);

    private final DetectorConfig config = DetectorConfig.withDefaults("fleet", new FeatureSchema(List.of("a")));

    @Test
    void eachUserHasTheRightsOfItsProcess() throws Exception {
        Set<String> found = new TreeSet<>();
        String below = "deploy/kubernetes/base/users.yaml";
        Path file =
                Files.exists(Path.of(below)) ? Path.of(below) : Path.of("..").resolve(below);
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(Files.readString(file))) {
            String name = String.valueOf(at(document, "metadata", "name"));
            AccessRole role = USERS.get(name);
            if (role != null) {
                found.add(name);
                assertThat(granted(document)).as(name).isEqualTo(needed(role));
            }
        }
        assertThat(found).isEqualTo(new TreeSet<>(USERS.keySet()));
    }

    private Set<String> needed(AccessRole role) {
        return role.rights(config).stream()
                .map(right -> text(
                        right.resource().name(),
                        right.name(),
                        right.pattern() == PatternType.PREFIXED ? "prefix" : "literal",
                        right.operation().name()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> granted(Object document) {
        Set<String> granted = new TreeSet<>();
        for (Object acl : (List<?>) at(document, "spec", "authorization", "acls")) {
            for (Object operation : (List<?>) at(acl, "operations")) {
                granted.add(text(
                        String.valueOf(at(acl, "resource", "type")),
                        String.valueOf(at(acl, "resource", "name")),
                        String.valueOf(at(acl, "resource", "patternType")),
                        String.valueOf(operation)));
            }
        }
        return granted;
    }

    private static String text(String resource, String name, String pattern, String operation) {
        return (resource + " " + pattern + " " + operation).replace("_", "").toLowerCase(Locale.ROOT) + " " + name;
    }

    private static Object at(Object value, String... keys) {
        Object inner = value;
        for (String key : keys) {
            inner = ((Map<?, ?>) inner).get(key);
        }
        return inner;
    }
}
