package dev.noether.flink.retrain;

import dev.noether.model.feature.FeatureSchema;
import java.util.ArrayList;
import java.util.List;

/** Counts the values of each feature in a history. Not thread safe; {@link #add} allocates nothing. */
final class ReportedFeatures {
    private final FeatureSchema schema;
    private final long[] values;

    ReportedFeatures(FeatureSchema schema) {
        this.schema = schema;
        this.values = new long[schema.size()];
    }

    /** Adds a row, {@code [features]}; NaN is a missing value. */
    void add(double[] row) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(row[i])) {
                values[i]++;
            }
        }
    }

    /**
     * Checks that each feature has a value in some row.
     *
     * @throws UnreportedFeaturesException if there are rows, and a feature has a value in none of them
     */
    void requireAll(long rows) {
        List<String> unreported = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (values[i] == 0) {
                unreported.add(schema.name(i));
            }
        }
        if (rows > 0 && !unreported.isEmpty()) {
            throw new UnreportedFeaturesException(
                    "no observation of the history has a value of the features " + unreported, unreported);
        }
    }
}
