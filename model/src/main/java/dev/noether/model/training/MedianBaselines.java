package dev.noether.model.training;

import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.RunningScale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Baselines of entities that an incident does not widen: medians, over the folds of a history, of the means and
 * variances of each feature. An incident may fill less than half of the folds.
 */
final class MedianBaselines {
    private MedianBaselines() {}

    /**
     * Combines baselines.
     *
     * @param folds baselines by entity, for each fold
     * @return baselines of the entities that have one in some fold
     */
    static SortedMap<String, EntityBaseline> of(List<SortedMap<String, EntityBaseline>> folds) {
        SortedMap<String, List<EntityBaseline>> byEntity = new TreeMap<>();
        for (SortedMap<String, EntityBaseline> fold : folds) {
            fold.forEach((entity, baseline) ->
                    byEntity.computeIfAbsent(entity, name -> new ArrayList<>()).add(baseline));
        }
        SortedMap<String, EntityBaseline> medians = new TreeMap<>();
        byEntity.forEach((entity, baselines) -> medians.put(entity, median(baselines)));
        return medians;
    }

    private static EntityBaseline median(List<EntityBaseline> baselines) {
        List<RunningScale> views = new ArrayList<>();
        for (int v = 0; v < baselines.get(0).views(); v++) {
            int view = v;
            views.add(median(baselines, baseline -> baseline.view(view)));
        }
        int rows = baselines.stream().mapToInt(EntityBaseline::rows).max().orElse(0);
        return new EntityBaseline(views, median(baselines, EntityBaseline::raw), rows, 1);
    }

    private static RunningScale median(List<EntityBaseline> baselines, Function<EntityBaseline, RunningScale> part) {
        List<RunningScale> scales = baselines.stream().map(part).toList();
        float[] means = new float[scales.get(0).features()];
        float[] variances = new float[means.length];
        for (int j = 0; j < means.length; j++) {
            int feature = j;
            means[j] = medianNumber(scales, scale -> scale.mean(feature));
            variances[j] = medianNumber(scales, scale -> scale.variance(feature));
        }
        return new RunningScale(means, variances);
    }

    /** The lower of the two middle values if their number is even. */
    private static float medianNumber(List<RunningScale> scales, Function<RunningScale, Float> number) {
        float[] numbers = new float[scales.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number.apply(scales.get(i));
        }
        Arrays.sort(numbers);
        return numbers[(numbers.length - 1) / 2];
    }
}
