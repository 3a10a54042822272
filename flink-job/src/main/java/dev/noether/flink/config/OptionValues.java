package dev.noether.flink.config;

import java.util.HashMap;
import java.util.Map;

/** Values for options, of which some may be missing; what a configuration is made from. */
final class OptionValues {
    private final Map<Option<?>, Object> values = new HashMap<>();

    /** The values of a configuration, all of them. */
    static OptionValues of(DetectorConfig config) {
        OptionValues values = new OptionValues();
        for (Option<?> option : Options.ALL) {
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

    /** Returns an option's value or else its default. */
    <T> T get(Option<T> option) {
        T fallback = option.defaultValue();
        if (fallback != null) {
            return getOr(option, fallback);
        }
        Object value = values.get(option);
        if (value == null) {
            throw new IllegalArgumentException("`" + option.key() + "` " + option.missing());
        }
        return cast(value);
    }

    /** Returns an option's value or else another one. */
    <T> T getOr(Option<T> option, T fallback) {
        Object value = values.get(option);
        return value == null ? fallback : cast(value);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // put took only values of the option's type
    private static <T> T cast(Object value) {
        return (T) value;
    }
}
