package dev.noether.flink.mapping;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * Where a record that holds one metric has the metric's name and its value.
 *
 * @param name path of the name; empty if a record has its values in fields of their own
 * @param value path of the value; empty if the name is
 */
public record MetricPaths(String name, String value) implements Serializable {
    /** Each value is in a field of its own. */
    public static final MetricPaths NONE = new MetricPaths("", "");

    public MetricPaths {
        requireNonNull(name, "name");
        requireNonNull(value, "value");
        if (name.isBlank() != value.isBlank()) {
            throw new IllegalArgumentException(
                    "`name` and `value` must both be given (got \"" + name + "\" and \"" + value + "\")");
        }
    }

    /** Whether each value is in a field of its own. */
    public boolean isEmpty() {
        return name.isEmpty();
    }
}
