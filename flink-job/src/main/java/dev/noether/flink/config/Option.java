package dev.noether.flink.config;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One key of the configuration file. Immutable.
 *
 * @param <T> type of its value
 */
public final class Option<T> {
    private final String key;
    private final OptionType<T> type;
    private final OptionDefault<T> defaults;
    private final String unit;
    private final String description;
    private final String choosing;
    private final Function<DetectorConfig, T> getter;

    Option(
            String key,
            OptionType<T> type,
            OptionDefault<T> defaults,
            String unit,
            String description,
            String choosing,
            Function<DetectorConfig, T> getter) {
        this.key = key;
        this.type = type;
        this.defaults = defaults;
        this.unit = unit;
        this.description = description;
        this.choosing = choosing;
        this.getter = getter;
    }

    /** Key with its section, such as {@code window.rows}. */
    public String key() {
        return key;
    }

    /** Section before the dot; empty for a key at top level. */
    public String section() {
        return key.contains(".") ? key.substring(0, key.indexOf('.')) : "";
    }

    /** Key without its section. */
    public String name() {
        return key.substring(key.indexOf('.') + 1);
    }

    /** Type of its value. */
    public OptionType<T> type() {
        return type;
    }

    /** Constant default; null if the key is required or its default is derived from other values. */
    public @Nullable T defaultValue() {
        return defaults instanceof OptionDefault.Constant<T> constant ? constant.value() : null;
    }

    /** Whether the file must contain the key. */
    public boolean isRequired() {
        return defaults instanceof OptionDefault.None;
    }

    /** Default as the reference page shows it. */
    public String defaultText() {
        return defaults.text();
    }

    /** Unit of its value; empty if it has none. */
    public String unit() {
        return unit;
    }

    /** Meaning of the value, in sentences. */
    public String description() {
        return description;
    }

    /** How to choose the value, in sentences. */
    public String choosing() {
        return choosing;
    }

    /** Returns its value in a configuration. */
    public T of(DetectorConfig config) {
        return getter.apply(config);
    }

    /**
     * Returns the value if it is in range.
     *
     * @throws IllegalArgumentException if it is not; the message names the key, the value and the range
     */
    public T check(T value) {
        if (!type.isValid(value)) {
            throw new IllegalArgumentException(String.join("; ", problems(value)));
        }
        return value;
    }

    /**
     * Returns the default beside the given values.
     *
     * @throws IllegalArgumentException if the key is required
     */
    T defaultIn(OptionValues values) {
        T value = defaults.in(values);
        if (value == null) {
            throw new IllegalArgumentException("`" + key + "` " + missing());
        }
        return value;
    }

    /** Returns the problems of a value that is not in range, each with its key. */
    List<String> problems(T value) {
        List<String> parts = type.partProblems(value);
        return parts.isEmpty() ? List.of("`" + key + "` " + problem(value)) : parts;
    }

    /** Returns the problem of a wrong value, without the key. */
    String problem(@Nullable Object value) {
        String expected = "must be " + type.expectation();
        boolean mayBeSecret = type.isSecret() && !(value instanceof Map || value instanceof List);
        return mayBeSecret ? expected : expected + " (got " + OptionType.displayText(value) + ")";
    }

    /** Returns the problem of a missing value, without the key. */
    String missing() {
        return "is missing; it must be " + type.expectation();
    }

    @Override
    public String toString() {
        return key;
    }
}
