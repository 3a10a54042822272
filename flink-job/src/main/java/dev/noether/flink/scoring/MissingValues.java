package dev.noether.flink.scoring;

import static java.util.Objects.requireNonNull;

import dev.noether.flink.release.ModelsInForce.Loaded;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.RunningScale;
import dev.noether.model.feature.Imputation;
import dev.noether.model.feature.Scaling;
import dev.noether.model.scoring.MissingEstimate;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/** Fills in the missing values of rows, and counts these rows. Allocates nothing per row. Not thread safe. */
final class MissingValues {
    private final Imputation imputation;
    private final Counter imputed;
    private final Means means = new Means();
    private final FilledRow filled;
    private final boolean[] isLong;
    private final double[] estimated;

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
        isLong = new boolean[features];
        estimated = new double[features];
        filled = new FilledRow(new double[features], new boolean[features]);
    }

    /**
     * Fills in a row. If a feature comes back that was missing for long, the rows of the window are moved to it: what was
     * estimated meanwhile is no context.
     *
     * @param row {@code [features]}, NaN if missing
     * @param state state of the entity before the row
     * @param model model that will score the row; null if there is none
     * @param isNewest whether the row will be the newest of its window
     * @return the filled row, valid until the next call; null if no value is missing
     */
    @Nullable
    FilledRow fill(double[] row, EntityState state, @Nullable Loaded model, boolean isNewest) {
        boolean isNeeded = Imputation.isNeeded(row);
        MissingRuns runs = state.missing();
        if (!isNeeded && runs.isNone()) {
            return null;
        }
        means.set(state, model);
        imputation.fill(row, state.window(), means, filled.values(), filled.isFilled());
        if (isNewest) {
            MissingEstimate estimate = model == null ? null : model.scorer().missingEstimate();
            if (estimate != null && state.window().size() > 0) {
                estimate(row, state, requireNonNull(model), estimate);
            }
            runs.count(filled.isFilled());
        }
        if (!isNeeded) {
            return null;
        }
        imputed.inc();
        return filled;
    }

    /** Estimates what is missing for long, and moves the window to what comes back. */
    private void estimate(double[] row, EntityState state, Loaded model, MissingEstimate estimate) {
        MissingRuns runs = state.missing();
        boolean isAny = false;
        for (int j = 0; j < row.length; j++) {
            isLong[j] = estimate.isLong(j, filled.isFilled()[j] ? runs.rows(j) + 1 : runs.rows(j));
            isAny |= isLong[j];
        }
        if (!isAny) {
            return;
        }
        EntityBaseline baseline = state.isOf(model) ? state.baseline() : null;
        RunningScale usual = (baseline == null ? model.scorer().model().commonBaseline() : baseline).raw();
        System.arraycopy(filled.values(), 0, estimated, 0, estimated.length);
        estimate.fill(state.window(), usual, estimated, isLong);
        for (int j = 0; j < row.length; j++) {
            if (isLong[j] && filled.isFilled()[j]) {
                filled.values()[j] = estimated[j];
            } else if (isLong[j]) {
                state.window().shift(j, row[j] - estimated[j]);
            }
        }
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
