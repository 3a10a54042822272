package dev.noether.flink.scoring;

import dev.noether.flink.release.ModelsInForce.Loaded;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.feature.Imputation;
import dev.noether.model.feature.Scaling;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/** Fills in the missing values of rows, and counts these rows. Allocates nothing per row. Not thread safe. */
final class MissingValues {
    private final Imputation imputation;
    private final Counter imputed;
    private final Means means = new Means();
    private final FilledRow filled;

    /**
     * A row without missing values.
     *
     * @param values {@code [features]}, finite
     * @param isFilled {@code [features]}, whether each value was missing and is filled in
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record FilledRow(double[] values, boolean[] isFilled) {}

    MissingValues(ScoringOptions options, ScoringMetrics metrics) {
        int features = options.window().featureCount();
        imputation = new Imputation(options.policies().missing());
        imputed = metrics.imputed;
        filled = new FilledRow(new double[features], new boolean[features]);
    }

    /**
     * Fills in a row.
     *
     * @param row {@code [features]}, NaN if missing
     * @param state state of the entity before the row
     * @param model model that will score the row; null if there is none
     * @return the filled row, valid until the next call; null if no value is missing
     */
    @Nullable
    FilledRow fill(double[] row, EntityState state, @Nullable Loaded model) {
        if (!Imputation.isNeeded(row)) {
            return null;
        }
        means.set(state, model);
        imputation.fill(row, state.window(), means, filled.values(), filled.isFilled());
        imputed.inc();
        return filled;
    }

    /**
     * The mean of a feature: of the entity's own values if the model has scored the entity before, else of the training
     * data; NaN if there is no model.
     */
    private static final class Means implements Imputation.ValueSource {
        private @Nullable Scaling scaling;
        private @Nullable EntityBaseline baseline;

        void set(EntityState state, @Nullable Loaded model) {
            scaling = model == null ? null : model.scorer().model().scaling();
            // The baseline of another model is in the units of that model.
            baseline = model != null && state.isOf(model) ? state.baseline() : null;
        }

        @Override
        public double value(int feature) {
            if (scaling == null) {
                return Double.NaN;
            }
            return baseline == null
                    ? scaling.originOf(feature) + scaling.center()[feature]
                    : scaling.toRaw(feature, baseline.raw().mean(feature));
        }
    }
}
