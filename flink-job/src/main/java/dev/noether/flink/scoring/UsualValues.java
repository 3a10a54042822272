package dev.noether.flink.scoring;

import dev.noether.flink.release.ModelsInForce.Loaded;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.feature.Imputation;
import dev.noether.model.feature.Scaling;
import org.jspecify.annotations.Nullable;

/**
 * What is usual of an entity: the running mean of its own values where a model has judged it, else the mean of all that the model
 * was trained on, else nothing. One object for all, set anew for each. Not thread safe.
 */
final class UsualValues implements Imputation.ValueSource {
    private @Nullable Scaling scaling;
    private @Nullable EntityBaseline baseline;

    void set(EntityState state, @Nullable Loaded model) {
        scaling = model == null ? null : model.scorer().model().scaling();
        // The baseline of another model is in another unit.
        baseline = model != null && state.modelVersion() == model.release().version() ? state.baseline() : null;
    }

    @Override
    public float value(int feature) {
        if (scaling == null) {
            return Float.NaN;
        }
        return baseline == null
                ? scaling.center()[feature]
                : scaling.toRaw(feature, baseline.raw().mean(feature));
    }
}
