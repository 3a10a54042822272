package dev.noether.model.artifact;

import static java.util.Objects.requireNonNull;

import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.RunningScale;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The baselines that entities start with. Not copies, so they may only be read.
 *
 * @param common baseline over all entities together, with no rows of its own; for entities that are not in {@code
 *     byEntity}
 * @param byEntity baselines of the entities in the training history, by entity
 */
public record StartingBaselines(EntityBaseline common, SortedMap<String, EntityBaseline> byEntity) {
    /** Copies the map. */
    public StartingBaselines {
        requireNonNull(common, "common");
        byEntity = Collections.unmodifiableSortedMap(new TreeMap<>(byEntity));
    }

    /** Baselines before any data: means of 0 and variances of 1 for all entities. */
    static StartingBaselines ofNoData(int features, int views) {
        float[] ones = new float[features];
        Arrays.fill(ones, 1);
        RunningScale unit = new RunningScale(new float[features], ones);
        return new StartingBaselines(new EntityBaseline(Collections.nCopies(views, unit), unit, 0, 1), new TreeMap<>());
    }

    /** The baseline that an entity starts with. */
    public EntityBaseline of(String entity) {
        EntityBaseline own = byEntity.get(entity);
        return own == null ? common : own;
    }

    void requireForm(int features, int views) {
        if (common.features() != features || common.views() != views) {
            throw new IllegalArgumentException(message("the common baseline", features, views, common));
        }
        for (Map.Entry<String, EntityBaseline> entry : byEntity.entrySet()) {
            EntityBaseline baseline = entry.getValue();
            if (baseline.features() != features || baseline.views() != views) {
                throw new IllegalArgumentException(
                        message("the baseline of " + entry.getKey(), features, views, baseline));
            }
        }
    }

    private static String message(String name, int features, int views, EntityBaseline baseline) {
        return name + " must have " + features + " features in " + views + " views (got " + baseline.features() + " in "
                + baseline.views() + ")";
    }
}
