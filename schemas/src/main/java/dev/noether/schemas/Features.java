package dev.noether.schemas;

import java.util.Arrays;
import java.util.Map;

/** The measured values of an {@link Observation}: by position, which is fast, or by name, which is convenient. */
public sealed interface Features {
    /**
     * Values in the order of a feature schema that writer and reader share.
     *
     * @param schemaFingerprint the fingerprint of that feature schema
     * @param values one value for each feature; not copied
     */
    record Positional(long schemaFingerprint, float[] values) implements Features {
        @Override
        public boolean equals(Object other) {
            return other instanceof Positional that
                    && schemaFingerprint == that.schemaFingerprint
                    && Arrays.equals(values, that.values);
        }

        @Override
        public int hashCode() {
            return 31 * Long.hashCode(schemaFingerprint) + Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return "Positional[" + Long.toHexString(schemaFingerprint) + ", " + Arrays.toString(values) + "]";
        }
    }

    /** Values by feature name. The reader ignores names that are not in the feature schema. */
    record Named(Map<String, Float> values) implements Features {
        public Named {
            values = Map.copyOf(values);
        }
    }
}
