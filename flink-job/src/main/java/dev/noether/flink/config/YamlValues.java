package dev.noether.flink.config;

import dev.noether.model.alarm.AlarmBudget;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Conversions from parsed YAML to the values of options. Each returns null if the type is wrong; ranges are not
 * checked.
 */
final class YamlValues {
    private YamlValues() {}

    static @Nullable Duration duration(Object yaml) {
        try {
            return yaml instanceof String value ? Duration.parse(value) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    static @Nullable Instant instant(Object yaml) {
        try {
            return yaml instanceof String value ? Instant.parse(value) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    static @Nullable AlarmBudget alarmBudget(Object yaml) {
        try {
            return yaml instanceof String value ? AlarmBudget.parse(value) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Whether a text is a path on this machine, and not an absolute one. */
    static boolean isRelativePath(String text) {
        try {
            if (new URI(text).isAbsolute()) {
                return false;
            }
        } catch (URISyntaxException e) {
            // A path, perhaps with a space.
        }
        try {
            return !Path.of(text).isAbsolute();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static @Nullable URI directory(Object yaml) {
        if (!(yaml instanceof String value) || value.isBlank()) {
            return null;
        }
        try {
            URI uri = new URI(value);
            // A scheme of one letter is a drive of Windows.
            return uri.isAbsolute() && uri.getScheme().length() > 1 ? uri : localDirectory(value);
        } catch (URISyntaxException e) {
            return localDirectory(value);
        }
    }

    static <I> @Nullable List<I> list(Object yaml, Class<I> item) {
        if (!(yaml instanceof List<?> list) || !list.stream().allMatch(item::isInstance)) {
            return null;
        }
        List<I> items = new ArrayList<>();
        list.forEach(element -> items.add(item.cast(element)));
        return List.copyOf(items);
    }

    static @Nullable List<Double> numbers(Object yaml) {
        List<Number> numbers = list(yaml, Number.class);
        return numbers == null
                ? null
                : numbers.stream().map(Number::doubleValue).toList();
    }

    static @Nullable Map<String, Double> amounts(Object yaml) {
        return mapping(yaml, value -> value instanceof Number number ? number.doubleValue() : null);
    }

    static @Nullable Map<String, String> settings(Object yaml) {
        return mapping(
                yaml,
                value -> value instanceof String || value instanceof Number || value instanceof Boolean
                        ? value.toString()
                        : null);
    }

    /**
     * Reads a mapping; the result is sorted by name.
     *
     * @param item reads one value; if it returns null, the whole result is null
     */
    static <V> @Nullable Map<String, V> mapping(Object yaml, Function<Object, @Nullable V> item) {
        if (!(yaml instanceof Map<?, ?> map)) {
            return null;
        }
        Map<String, V> mapping = new TreeMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            V value = entry.getValue() == null ? null : item.apply(entry.getValue());
            if (!(entry.getKey() instanceof String name) || value == null) {
                return null;
            }
            mapping.put(name, value);
        }
        return mapping;
    }

    private static @Nullable URI localDirectory(String path) {
        try {
            // Not Path.toUri, whose result depends on whether the directory exists.
            return new URI(
                    "file", null, Path.of(path).toAbsolutePath().normalize().toString(), null);
        } catch (URISyntaxException | IllegalArgumentException e) {
            return null;
        }
    }
}
