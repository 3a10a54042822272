package dev.noether.flink.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.ConfigProvider;

/**
 * Puts secrets in place of their placeholders when a Kafka client is created, on the machine where it is created. So the
 * settings of a Flink job, which are stored and sent through the cluster, contain placeholders and no secret.
 *
 * <p>Kafka creates one object for each of the two kinds, {@link Environment} and {@link SecretFile}. Stateless.
 */
public abstract sealed class SecretProvider implements ConfigProvider {
    private static final String PROVIDERS = "config.providers";

    private final String kind;

    private SecretProvider(String kind) {
        this.kind = kind;
    }

    /** Replaces <code>${env:NAME}</code>. */
    public static final class Environment extends SecretProvider {
        /** For Kafka. */
        public Environment() {
            super("env");
        }
    }

    /** Replaces <code>${file:/path}</code> by the text of the file. */
    public static final class SecretFile extends SecretProvider {
        /** For Kafka. */
        public SecretFile() {
            super("file");
        }
    }

    /** Tells Kafka's clients who replaces the placeholders. */
    static void register(Properties properties) {
        String others = properties.getProperty(PROVIDERS, "");
        properties.setProperty(PROVIDERS, others.isBlank() ? "env,file" : others + ",env,file");
        properties.setProperty(PROVIDERS + ".env.class", Environment.class.getName());
        properties.setProperty(PROVIDERS + ".file.class", SecretFile.class.getName());
    }

    @Override
    public ConfigData get(String path) {
        return new ConfigData(Map.of());
    }

    /**
     * Returns the secrets.
     *
     * @param path what stands before the last colon of a placeholder; Kafka takes it for a path
     * @throws ConfigException if a variable is not set or a file cannot be read
     */
    @Override
    public ConfigData get(String path, Set<String> keys) {
        Map<String, String> secrets = new HashMap<>();
        for (String key : keys) {
            String name = path.isEmpty() ? key : path + ":" + key;
            try {
                secrets.put(key, Placeholders.ofSystem().resolve("${" + kind + ":" + name + "}"));
            } catch (IllegalArgumentException e) {
                throw new ConfigException("a setting of `" + KafkaSection.PROPERTIES.key() + "` " + e.getMessage());
            }
        }
        return new ConfigData(secrets);
    }

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public void close() {}
}
