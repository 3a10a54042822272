package dev.noether.flink.config;

import dev.noether.model.feature.MissingPolicy;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rules for the observations of an entity.
 *
 * @param disorder how much older than the newest of its entity an observation may be without being late
 * @param latePolicy what happens to a late observation
 * @param idleness time without records after which a partition no longer delays event time
 * @param times the event times that are possible
 * @param max largest number of entities with state; above it, those that have been silent longest lose theirs
 * @param duplicates how to treat a row whose event time is already in its entity's window
 * @param missing what replaces a missing feature
 * @param missingByFeature other policies for single features, by name
 */
public record EntityOptions(
        Duration disorder,
        LatePolicy latePolicy,
        Duration idleness,
        EventTimeOptions times,
        int max,
        DuplicatePolicy duplicates,
        MissingPolicy missing,
        Map<String, MissingPolicy> missingByFeature)
        implements Serializable {
    public EntityOptions {
        OptionRegistry.ENTITIES_DISORDER.check(disorder);
        OptionRegistry.ENTITIES_LATE_POLICY.check(latePolicy);
        OptionRegistry.ENTITIES_IDLENESS.check(idleness);
        OptionRegistry.ENTITIES_MAX.check(max);
        OptionRegistry.ENTITIES_DUPLICATES.check(duplicates);
        OptionRegistry.ENTITIES_MISSING.check(missing);
        OptionRegistry.ENTITIES_MISSING_BY_FEATURE.check(missingByFeature);
        // Sorted, and serializable, because it is sent to the job.
        missingByFeature = new TreeMap<>(missingByFeature);
    }

    static EntityOptions of(OptionValues values) {
        return new EntityOptions(
                values.get(OptionRegistry.ENTITIES_DISORDER),
                values.get(OptionRegistry.ENTITIES_LATE_POLICY),
                values.get(OptionRegistry.ENTITIES_IDLENESS),
                EventTimeOptions.of(values),
                values.get(OptionRegistry.ENTITIES_MAX),
                values.get(OptionRegistry.ENTITIES_DUPLICATES),
                values.get(OptionRegistry.ENTITIES_MISSING),
                values.get(OptionRegistry.ENTITIES_MISSING_BY_FEATURE));
    }

    /** Returns the policy of each feature, in the given order. */
    public List<MissingPolicy> missing(List<String> features) {
        return features.stream()
                .map(feature -> missingByFeature.getOrDefault(feature, missing))
                .toList();
    }
}
