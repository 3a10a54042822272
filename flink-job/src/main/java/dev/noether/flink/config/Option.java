package dev.noether.flink.config;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One key of the configuration file. Immutable.
 *
 * @param <T> the type of its value
 */
public final class Option<T> {
    private final String key;
    private final OptionType<T> type;
    private final @Nullable T defaultValue;
    private final @Nullable String derivation;
    private final String unit;
    private final String description;
    private final String choosing;
    private final Function<DetectorConfig, T> getter;

    Option(
            String key,
            OptionType<T> type,
            @Nullable T defaultValue,
            @Nullable String derivation,
            String unit,
            String description,
            String choosing,
            Function<DetectorConfig, T> getter) {
        this.key = key;
        this.type = type;
        this.defaultValue = defaultValue;
        this.derivation = derivation;
        this.unit = unit;
        this.description = description;
        this.choosing = choosing;
        this.getter = getter;
    }

    /** The key with its section, such as {@code window.rows}. */
    public String key() {
        return key;
    }

    /** The section before the dot; empty for a key at top level. */
    public String section() {
        return key.contains(".") ? key.substring(0, key.indexOf('.')) : "";
    }

    /** The key without its section. */
    public String name() {
        return key.substring(key.indexOf('.') + 1);
    }

    /** The type of its value. */
    public OptionType<T> type() {
        return type;
    }

    /** The default; null where the key must be given or the default is made from other values. */
    public @Nullable T defaultValue() {
        return defaultValue;
    }

    /** Whether the file must give it. */
    public boolean isRequired() {
        return defaultValue == null && derivation == null;
    }

    /** The default as the reference page shows it. */
    public String defaultText() {
        if (derivation != null) {
            return derivation;
        }
        return defaultValue == null ? "must be given" : "`" + type.write(defaultValue) + "`";
    }

    /** The unit of its value; empty where it has none. */
    public String unit() {
        return unit;
    }

    /** What it is. */
    public String description() {
        return description;
    }

    /** How to choose it. */
    public String choosing() {
        return choosing;
    }

    /** Its value in a configuration. */
    public T of(DetectorConfig config) {
        return getter.apply(config);
    }

    /**
     * Returns the value if it is in range.
     *
     * @throws IllegalArgumentException if it is not; the message names the key, the value and what would be right
     */
    public T check(T value) {
        if (!type.isValid(value)) {
            throw new IllegalArgumentException(String.join("; ", problems(value)));
        }
        return value;
    }

    /** What is wrong with a value that is not in range, each with its key. */
    List<String> problems(T value) {
        List<String> parts = type.partProblems(value);
        return parts.isEmpty() ? List.of("`" + key + "` " + problem(value)) : parts;
    }

    /** What is wrong with a value, without the key. */
    String problem(@Nullable Object value) {
        return "must be " + type.expectation() + " (got " + OptionType.shown(value) + ")";
    }

    /** What is wrong with there being no value, without the key. */
    String missing() {
        return "is missing; it must be " + type.expectation();
    }

    @Override
    public String toString() {
        return key;
    }
}
