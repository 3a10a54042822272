package dev.noether.flink.scoring;

import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.repeat.RepeatLimits;
import dev.noether.model.repeat.RepeatRuns;
import dev.noether.schemas.StuckFeature;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recognises stuck features: those with the same value in more rows than the model's limit allows. Not thread safe. */
final class StuckFeatureCheck {
    private final FeatureSchema features;

    StuckFeatureCheck(FeatureSchema features) {
        this.features = features;
    }

    /**
     * Counts the newest row of a window into the entity's runs of equal values. Allocates only if a feature is stuck.
     *
     * @param state state of the entity, with the row in its window; its runs change
     * @param limits limits of the model that scores the row
     * @param isFilled {@code [features]}, whether each value was missing; null if none was
     * @return the stuck features, nearly always none
     */
    List<StuckFeature> check(EntityState state, RepeatLimits limits, boolean @Nullable [] isFilled) {
        RepeatRuns runs = state.repeats();
        if (!runs.observe(state.window(), limits, isFilled)) {
            return List.of();
        }
        return Arrays.stream(runs.stuck(limits))
                .mapToObj(j -> new StuckFeature(features.name(j), runs.rows(j), limits.pValue(j, runs.rows(j))))
                .toList();
    }
}
