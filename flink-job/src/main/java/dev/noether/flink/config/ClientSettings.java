package dev.noether.flink.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;

/**
 * Check of the Kafka client settings: a client knows each of them and can read its value, the job does not set it
 * itself, and no secret is in plain text.
 */
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

    /** The settings that name classes which Kafka's clients load and hand all settings to. */
    private static final Pattern CLASS_NAME =
            Pattern.compile(".*(\\.class|\\.classes|\\.reporters|security\\.providers|config\\.providers)");

    private static final int MAX_TYPING_ERRORS = 2;

    private static final Set<String> OF_FLINK = Set.of(
            KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
            KafkaSourceOptions.REGISTER_KAFKA_CONSUMER_METRICS.key(),
            KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key());

    private static final Map<String, ConfigKey> KNOWN = known();
    private static final Set<String> KNOWN_NAMES = knownNames();

    private ClientSettings() {}

    /** Returns one line for each setting that is wrong, without the value of a secret. */
    static List<String> problems(Map<String, String> settings) {
        List<String> problems = new ArrayList<>();
        boolean hasOwnClasses = settings.keySet().stream()
                .anyMatch(name -> CLASS_NAME.matcher(name).matches());
        new TreeMap<>(settings).forEach((name, value) -> {
            String problem = problem(name, value, hasOwnClasses);
            if (!problem.isEmpty()) {
                problems.add("`" + KafkaSection.PROPERTIES.key() + "." + OptionType.displayText(name) + "` " + problem);
            }
        });
        return problems;
    }

    private static String problem(String name, String value, boolean hasOwnClasses) {
        if (name.equals("bootstrap.servers")) {
            return "must be given as `" + KafkaSection.BOOTSTRAP_SERVERS.key() + "`";
        }
        if (name.equals("transaction.timeout.ms")) {
            return "must be given as `" + CheckpointSection.TRANSACTION_TIMEOUT.key() + "`";
        }
        if (SET_BY_THE_JOB.contains(name)) {
            return "must be left out: the job decides it";
        }
        boolean isSecret = SECRET.matcher(name).matches();
        if (isSecret && !Placeholders.isIn(value)) {
            return "is a secret and must not stand in the file: give it as ${env:NAME} or ${file:/path}";
        }
        if (!KNOWN_NAMES.contains(name)) {
            return unknown(name, hasOwnClasses);
        }
        ConfigKey key = KNOWN.get(name);
        return isSecret || key == null || Placeholders.isIn(value) ? "" : valueProblem(key, value);
    }

    /** A class of the user's own may read any setting, but hardly one that is nearly a setting of Kafka. */
    private static String unknown(String name, boolean hasOwnClasses) {
        return NearestKey.similar(KNOWN_NAMES.stream(), name)
                .filter(nearest -> !hasOwnClasses || NearestKey.editDistance(name, nearest) <= MAX_TYPING_ERRORS)
                .map(nearest -> "is no setting of a Kafka client; did you mean `" + nearest + "`?")
                .orElse(
                        hasOwnClasses
                                ? ""
                                : "is no setting of a Kafka client; only a class of your own, such as one of"
                                        + " `interceptor.classes`, could read it");
    }

    /** Classes are not looked for: they may be on the cluster only. */
    private static String valueProblem(ConfigKey key, String value) {
        if (key.type == ConfigDef.Type.CLASS || key.type == ConfigDef.Type.LIST) {
            return "";
        }
        try {
            Object parsed = ConfigDef.parseType(key.name, value, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(key.name, parsed);
            }
            return "";
        } catch (ConfigException e) {
            String reason = String.valueOf(e.getMessage()).replaceFirst("^.*? for configuration [^:]*:? ?", "");
            return "must be a value that Kafka accepts (got " + OptionType.displayText(value) + ": " + reason + ")";
        }
    }

    private static Map<String, ConfigKey> known() {
        Map<String, ConfigKey> known =
                new HashMap<>(AdminClientConfig.configDef().configKeys());
        known.putAll(ProducerConfig.configDef().configKeys());
        known.putAll(ConsumerConfig.configDef().configKeys());
        return Map.copyOf(known);
    }

    private static Set<String> knownNames() {
        Set<String> names = new TreeSet<>(KNOWN.keySet());
        names.add("config.providers");
        names.addAll(OF_FLINK);
        return names;
    }

    /** Whether Flink's source reads a setting, and not a client of Kafka. */
    static boolean isOfFlink(String name) {
        return OF_FLINK.contains(name);
    }
}
