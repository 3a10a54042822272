package dev.noether.testing.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A compose file, or several merged as {@code docker compose -f … -f …} merges them, as far as this project needs it:
 * mappings are merged, command and entrypoint replaced, other lists appended.
 *
 * @param content the mapping that the file is, merge keys resolved
 */
public record ComposeFile(Map<String, Object> content) {
    private static final String MERGE_KEY = "<<";
    private static final Set<String> REPLACED_LISTS = Set.of("command", "entrypoint", "test");

    /** Reads a file and merges others into it, in their order. */
    public static ComposeFile read(Path first, Path... overrides) {
        Map<String, Object> merged = load(first);
        for (Path override : overrides) {
            merged = merge(merged, load(override));
        }
        return new ComposeFile(merged);
    }

    /** Reads one file, merge keys resolved. */
    public static Map<String, Object> load(Path file) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setAllowDuplicateKeys(false)
                .build();
        try {
            return mapping(withoutMergeKeys(new Load(settings).loadFromString(Files.readString(file))));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }

    /** The services by name, in the order of the file. */
    public Map<String, ComposeService> services() {
        Map<String, ComposeService> services = new LinkedHashMap<>();
        mapping(content.get("services"))
                .forEach((name, definition) -> services.put(name, new ComposeService(name, mapping(definition))));
        return services;
    }

    /**
     * One service.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public ComposeService service(String name) {
        ComposeService service = services().get(name);
        if (service == null) {
            throw new IllegalArgumentException(
                    "no service " + name + "; there are " + services().keySet());
        }
        return service;
    }

    /** The names of the volumes. */
    public Set<String> volumes() {
        return content.get("volumes") == null
                ? Set.of()
                : mapping(content.get("volumes")).keySet();
    }

    /** Casts a value that must be a mapping. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> mapping(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IllegalArgumentException("a mapping was expected (got " + value + ")");
    }

    private static Object withoutMergeKeys(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(ComposeFile::withoutMergeKeys).toList();
        }
        if (!(value instanceof Map<?, ?>)) {
            return value;
        }
        Map<String, Object> resolved = new LinkedHashMap<>();
        Map<String, Object> written = mapping(value);
        if (written.containsKey(MERGE_KEY)) {
            resolved.putAll(mapping(withoutMergeKeys(written.get(MERGE_KEY))));
        }
        written.forEach((key, child) -> {
            if (!key.equals(MERGE_KEY)) {
                resolved.put(key, child == null ? null : withoutMergeKeys(child));
            }
        });
        return resolved;
    }

    private static Map<String, Object> merge(Map<String, Object> base, Map<String, Object> override) {
        Map<String, Object> merged = new LinkedHashMap<>(base);
        override.forEach((key, value) -> merged.merge(key, value, (old, young) -> merge(key, old, young)));
        return merged;
    }

    private static Object merge(String key, Object old, Object young) {
        if (old instanceof Map && young instanceof Map) {
            return merge(mapping(old), mapping(young));
        }
        if (old instanceof List<?> first && young instanceof List<?> second && !REPLACED_LISTS.contains(key)) {
            List<Object> both = new ArrayList<>(first);
            both.addAll(second);
            return both;
        }
        return young;
    }
}
