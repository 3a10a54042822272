package dev.noether.flink.scoring;

import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.repeat.RepeatLimits;
import dev.noether.model.repeat.RepeatRuns;
import dev.noether.schemas.StuckFeature;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the current micro-batch of which a feature no longer moves: nearly always none, so nothing is kept for the others.
 * Not thread safe.
 */
final class StuckRows {
    private final FeatureSchema features;
    private final Map<Integer, List<StuckFeature>> byRow = new HashMap<>();

    StuckRows(FeatureSchema features) {
        this.features = features;
    }

    /**
     * Sees a row in its entity's window, of which it is the newest. Allocates nothing but where a feature stands still.
     *
     * @param index of the row in the batch
     * @param state of its entity
     * @param limits of the model that judges it
     * @param filledIn whether each feature was missing; null where none was
     */
    void observe(int index, EntityState state, RepeatLimits limits, boolean @Nullable [] filledIn) {
        RepeatRuns runs = state.repeats();
        if (runs.observe(state.window(), limits, filledIn)) {
            byRow.put(
                    index,
                    Arrays.stream(runs.stuck(limits))
                            .mapToObj(j ->
                                    new StuckFeature(features.name(j), runs.rows(j), limits.pValue(j, runs.rows(j))))
                            .toList());
        }
    }

    /** The features of a row that no longer move. */
    List<StuckFeature> of(int index) {
        return byRow.isEmpty() ? List.of() : byRow.getOrDefault(index, List.of());
    }

    void clear() {
        byRow.clear();
    }
}
