package dev.noether.flink.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Replaces the placeholders {@code ${env:NAME}} and {@code ${file:/path}} of configured texts. Thread safe. */
public final class Secrets {
    private Secrets() {}

    /**
     * Returns the text of an option with the secrets in place of their placeholders. Never log it.
     *
     * @throws ConfigurationException if a placeholder's variable is not set or its file cannot be read
     */
    public static String resolve(Option<?> option, String text) {
        return resolve(option.key(), text);
    }

    /**
     * Returns the values of an option with the secrets in place of their placeholders. Never log them.
     *
     * @throws ConfigurationException if a placeholder's variable is not set or its file cannot be read
     */
    public static Map<String, String> resolve(Option<?> option, Map<String, String> texts) {
        Map<String, String> resolved = new TreeMap<>();
        texts.forEach((name, text) -> resolved.put(name, resolve(option.key() + "." + name, text)));
        return resolved;
    }

    private static String resolve(String key, String text) {
        try {
            return Placeholders.ofSystem().resolve(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("configuration", List.of("`" + key + "` " + e.getMessage()));
        }
    }
}
