package dev.noether.flink.config;

import java.util.HashMap;
import java.util.Map;

/** Values of options, from which a configuration is made; a missing one has its default. Not thread safe. */
final class OptionValues {
    private final Map<Option<?>, Object> values = new HashMap<>();

    /** Returns all values of a configuration. */
    static OptionValues of(DetectorConfig config) {
        OptionValues values = new OptionValues();
        for (Option<?> option : OptionRegistry.ALL) {
            values.values.put(option, option.of(config));
        }
        return values;
    }

    <T> OptionValues put(Option<T> option, T value) {
        values.put(option, value);
        return this;
    }

    boolean has(Option<?> option) {
        return values.containsKey(option);
    }

    /**
     * Returns the value of an option, or its default.
     *
     * @throws IllegalArgumentException if the option is required and has no value
     */
    @SuppressWarnings("unchecked") // put accepts only values of the option's type
    <T> T get(Option<T> option) {
        Object value = values.get(option);
        return value == null ? option.defaultIn(this) : (T) value;
    }
}
