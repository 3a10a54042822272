package dev.noether.flink.ingest;

import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.MissingPolicy;
import dev.noether.schemas.Features;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * Reads the features of an observation into values in the order of the feature schema. A missing value is NaN.
 * Immutable; thread safe.
 */
final class FeatureReader implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String[] names;
    private final long fingerprint;
    /** {@code [features]}, whether the value of a feature may be missing. */
    private final boolean[] isOptional;

    /**
     * Makes a reader.
     *
     * @param schema features of the detector
     * @param policies one policy for missing values for each feature
     */
    FeatureReader(FeatureSchema schema, List<MissingPolicy> policies) {
        names = schema.names().toArray(new String[0]);
        fingerprint = schema.fingerprint();
        isOptional = optional(policies);
    }

    /** Returns {@code [features]}, whether the value of a feature may be missing. */
    static boolean[] optional(List<MissingPolicy> policies) {
        boolean[] isOptional = new boolean[policies.size()];
        for (int i = 0; i < isOptional.length; i++) {
            isOptional[i] = policies.get(i) != MissingPolicy.REJECT;
        }
        return isOptional;
    }

    /**
     * Reads the values of an observation.
     *
     * @return {@code [features]}, not copied if the features are positional
     * @throws MalformedRecordException if the features do not fit the schema, a value is infinite, a required value is
     *     missing, or all values are missing
     */
    float[] read(Features features) throws MalformedRecordException {
        float[] values = features instanceof Features.Positional positional
                ? positionalValues(positional)
                : namedValues(((Features.Named) features).values());
        check(values);
        return values;
    }

    private float[] positionalValues(Features.Positional features) throws MalformedRecordException {
        if (features.schemaFingerprint() != fingerprint) {
            throw new MalformedRecordException(
                    RejectionReason.UNKNOWN_FEATURE_SCHEMA,
                    String.format(
                            "the record was written for other features or in another order: the fingerprint of its feature"
                                    + " schema is %016x, expected %016x",
                            features.schemaFingerprint(), fingerprint));
        }
        float[] values = features.values();
        if (values.length != names.length) {
            throw new MalformedRecordException(
                    RejectionReason.WRONG_FEATURE_COUNT, values.length + " features, expected " + names.length);
        }
        return values;
    }

    private float[] namedValues(Map<String, Float> features) throws MalformedRecordException {
        float[] values = new float[names.length];
        for (int i = 0; i < names.length; i++) {
            Float value = features.get(names[i]);
            if (value == null && !isOptional[i]) {
                throw new MalformedRecordException(
                        RejectionReason.MISSING_FEATURE, "the feature " + names[i] + " is missing");
            }
            values[i] = value == null ? Float.NaN : value;
        }
        return values;
    }

    /** Checks the values: NaN is a missing value, an infinite number is an error. */
    private void check(float[] values) throws MalformedRecordException {
        int missing = 0;
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                if (!Float.isNaN(values[i]) || !isOptional[i]) {
                    throw new MalformedRecordException(
                            RejectionReason.NOT_FINITE, "the feature " + names[i] + " is " + values[i]);
                }
                missing++;
            }
        }
        if (missing == values.length) {
            throw new MalformedRecordException(
                    RejectionReason.MISSING_FEATURE, "none of the " + missing + " features has a value");
        }
    }
}
