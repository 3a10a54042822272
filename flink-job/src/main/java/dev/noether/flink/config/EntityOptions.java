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
        EntitySection.DISORDER.check(disorder);
        EntitySection.LATE_POLICY.check(latePolicy);
        EntitySection.IDLENESS.check(idleness);
        EntitySection.MAX.check(max);
        EntitySection.DUPLICATES.check(duplicates);
        EntitySection.MISSING.check(missing);
        EntitySection.MISSING_BY_FEATURE.check(missingByFeature);
        // Sorted, and serializable, because it is sent to the job.
        missingByFeature = new TreeMap<>(missingByFeature);
    }

    static EntityOptions of(OptionValues values) {
        return new EntityOptions(
                values.get(EntitySection.DISORDER),
                values.get(EntitySection.LATE_POLICY),
                values.get(EntitySection.IDLENESS),
                EventTimeOptions.of(values),
                values.get(EntitySection.MAX),
                values.get(EntitySection.DUPLICATES),
                values.get(EntitySection.MISSING),
                values.get(EntitySection.MISSING_BY_FEATURE));
    }

    /** Returns the policy of each feature, in the given order. */
    public List<MissingPolicy> missing(List<String> features) {
        return features.stream()
                .map(feature -> missingByFeature.getOrDefault(feature, missing))
                .toList();
    }
}
