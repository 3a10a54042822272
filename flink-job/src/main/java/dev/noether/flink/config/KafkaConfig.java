package dev.noether.flink.config;

import java.io.Serializable;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * How to reach Kafka. Holds no secret: where one is needed, a placeholder names the environment variable or the file
 * that has it.
 *
 * @param bootstrapServers {@code host:port}, or several with commas between
 * @param properties further settings of Kafka's clients, such as {@code security.protocol}; values may hold
 *     {@code ${env:NAME}} and {@code ${file:/path}}
 */
public record KafkaConfig(String bootstrapServers, Map<String, String> properties) implements Serializable {
    public KafkaConfig {
        Options.KAFKA_BOOTSTRAP_SERVERS.check(bootstrapServers);
        Options.KAFKA_PROPERTIES.check(properties);
        properties = Map.copyOf(properties);
    }

    /**
     * Returns the settings for a Kafka client with the secrets in place of their placeholders: never log it.
     *
     * @throws ConfigurationException if a placeholder's variable is not set or its file cannot be read
     */
    public Properties clientProperties() {
        return clientProperties(Placeholders.ofSystem());
    }

    Properties clientProperties(Placeholders placeholders) {
        Properties resolved = new Properties();
        resolved.setProperty("bootstrap.servers", bootstrapServers);
        Problems problems = new Problems();
        properties.forEach((name, value) -> {
            try {
                resolved.setProperty(name, placeholders.resolve(value));
            } catch (IllegalArgumentException e) {
                problems.add(Options.KAFKA_PROPERTIES.key() + "." + name, String.valueOf(e.getMessage()));
            }
        });
        problems.throwIfAny("Kafka client properties");
        return resolved;
    }

    /** Names the further properties, and keeps their values to itself. */
    @Override
    public String toString() {
        return "KafkaConfig[" + bootstrapServers + ", " + new TreeMap<>(properties).keySet() + "]";
    }
}
