package dev.noether.flink.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys of earlier versions that no longer have an effect. A file that contains one gets a warning, not an error. */
final class RetiredKeys {
    private static final Map<String, String> REASONS = Map.of();

    private RetiredKeys() {}

    /** Returns what to tell about a retired key; null if the key is not retired. */
    static @Nullable String reason(String key) {
        return REASONS.get(key);
    }
}
