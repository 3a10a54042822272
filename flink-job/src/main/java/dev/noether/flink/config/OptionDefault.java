package dev.noether.flink.config;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The default of an option: a constant, derived from other values, or none. Immutable.
 *
 * @param <T> type of the option's value
 */
sealed interface OptionDefault<T> {
    /** Returns the default beside the given values; null if there is none. */
    @Nullable
    T in(OptionValues values);

    /** The default as the reference page shows it. */
    String text();

    /** A fixed value. */
    record Constant<T>(T value, String text) implements OptionDefault<T> {
        @Override
        public T in(OptionValues values) {
            return value;
        }
    }

    /** A value that is made from the values of other options. */
    record Derived<T>(Function<OptionValues, T> derivation, String text) implements OptionDefault<T> {
        @Override
        public T in(OptionValues values) {
            return derivation.apply(values);
        }
    }

    /** No default: the file must contain the key. */
    record None<T>() implements OptionDefault<T> {
        @Override
        public @Nullable T in(OptionValues values) {
            return null;
        }

        @Override
        public String text() {
            return "must be given";
        }
    }
}
