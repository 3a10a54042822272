package dev.noether.flink.mapping;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * Where the value of a feature is in a record.
 *
 * @param path path of the field
 * @param as what the feature is made of
 */
public record FeatureField(String path, FeatureForm as) implements Serializable {
    public FeatureField {
        requireNonNull(path, "path");
        requireNonNull(as, "as");
    }

    /** Returns the field of this path, as it is. */
    public static FeatureField of(String path) {
        return new FeatureField(path, FeatureForm.VALUE);
    }
}
