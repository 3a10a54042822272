package dev.noether.flink.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Check of the Kafka client settings: none that the job sets itself, and no secret in plain text. */
final class ClientSettings {
    private static final Set<String> SET_BY_THE_JOB = Set.of(
            "group.id",
            "client.id",
            "client.id.prefix",
            "isolation.level",
            "enable.auto.commit",
            "auto.offset.reset",
            "key.deserializer",
            "value.deserializer",
            "key.serializer",
            "value.serializer",
            "transactional.id",
            "enable.idempotence",
            "acks");
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(password|secret|jaas\\.config|keystore\\.key|\\.token)");

    private ClientSettings() {}

    /** Returns one line for each forbidden setting, without its value. */
    static List<String> problems(Map<String, String> settings) {
        List<String> problems = new ArrayList<>();
        new TreeMap<>(settings).forEach((name, value) -> {
            String key = "`" + OptionRegistry.PROPERTIES_KEY + "." + name + "` ";
            if (name.equals("bootstrap.servers")) {
                problems.add(key + "must be given as `" + OptionRegistry.SERVERS_KEY + "`");
            } else if (SET_BY_THE_JOB.contains(name)) {
                problems.add(key + "must be left out: the job decides it");
            } else if (SECRET.matcher(name).matches() && !Placeholders.isIn(value)) {
                problems.add(
                        key + "is a secret and must not stand in the file: give it as ${env:NAME} or ${file:/path}");
            }
        });
        return problems;
    }
}
