package dev.noether.flink.config;

import java.io.Serializable;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Connection to Kafka. It contains no secret: a placeholder names the environment variable or the file with the secret.
 *
 * @param bootstrapServers {@code host:port}, or several separated by commas
 * @param properties further settings of Kafka's clients, such as {@code security.protocol}; values may contain
 *     {@code ${env:NAME}} and {@code ${file:/path}}
 */
public record KafkaConfig(String bootstrapServers, Map<String, String> properties) implements Serializable {
    public KafkaConfig {
        KafkaSection.BOOTSTRAP_SERVERS.check(bootstrapServers);
        KafkaSection.PROPERTIES.check(properties);
        properties = Map.copyOf(properties);
    }

    static KafkaConfig of(OptionValues values) {
        return new KafkaConfig(values.get(KafkaSection.BOOTSTRAP_SERVERS), values.get(KafkaSection.PROPERTIES));
    }

    /**
     * Returns the settings for a Kafka client, with the secrets in place of their placeholders. Never log them.
     *
     * @throws ConfigurationException if a placeholder's variable is not set or its file cannot be read
     */
    public Properties clientProperties() {
        return clientProperties(Placeholders.ofSystem());
    }

    Properties clientProperties(Placeholders placeholders) {
        Properties resolved = new Properties();
        resolved.setProperty("bootstrap.servers", bootstrapServers);
        ProblemList problems = new ProblemList();
        properties.forEach((name, value) -> {
            try {
                resolved.setProperty(name, placeholders.resolve(value));
            } catch (IllegalArgumentException e) {
                problems.add(KafkaSection.PROPERTIES.key() + "." + name, String.valueOf(e.getMessage()));
            }
        });
        problems.throwIfAny("Kafka client properties");
        return resolved;
    }

    /**
     * Returns the settings for a Kafka client that Flink creates on a machine of its cluster. They contain placeholders
     * in place of secrets, because Flink stores and sends them with the job; {@link SecretProvider} replaces them there.
     *
     * @throws ConfigurationException if a placeholder cannot be replaced on this machine
     */
    public Properties jobProperties() {
        Properties kept = clientProperties();
        properties.forEach((name, value) -> {
            // Flink reads its own settings itself.
            if (Placeholders.isIn(value) && !ClientSettings.isOfFlink(name)) {
                kept.setProperty(name, value);
            }
        });
        SecretProvider.register(kept);
        return kept;
    }

    /** Lists the names of the further properties, without their values. */
    @Override
    public String toString() {
        return "KafkaConfig[" + bootstrapServers + ", " + new TreeMap<>(properties).keySet() + "]";
    }
}
