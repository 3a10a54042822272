package dev.noether.flink.config;

import dev.noether.model.feature.MissingPolicy;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the entities' observations come.
 *
 * @param disorder how much older than the newest of its partition an observation may be without being late
 * @param latePolicy what happens to a late one
 * @param idleness a partition that has been silent this long no longer holds event time back
 * @param maxAhead how far an event time may lie ahead of the record's Kafka timestamp
 * @param max entities that are remembered at most; beyond, the least recently seen are forgotten
 * @param duplicates what a row is whose event time its entity has reported before
 * @param missing what stands in for a feature that an observation lacks
 * @param missingByFeature the same for single features, by name
 */
public record EntityOptions(
        Duration disorder,
        LatePolicy latePolicy,
        Duration idleness,
        Duration maxAhead,
        int max,
        DuplicatePolicy duplicates,
        MissingPolicy missing,
        Map<String, MissingPolicy> missingByFeature)
        implements Serializable {
    public EntityOptions {
        Options.ENTITIES_DISORDER.check(disorder);
        Options.ENTITIES_LATE_POLICY.check(latePolicy);
        Options.ENTITIES_IDLENESS.check(idleness);
        Options.ENTITIES_MAX_AHEAD.check(maxAhead);
        Options.ENTITIES_MAX.check(max);
        Options.ENTITIES_DUPLICATES.check(duplicates);
        Options.ENTITIES_MISSING.check(missing);
        Options.ENTITIES_MISSING_BY_FEATURE.check(missingByFeature);
        // Sorted, and of a type that is serializable: it travels into the job.
        missingByFeature = new TreeMap<>(missingByFeature);
    }

    /** The policy of each feature. */
    public List<MissingPolicy> missing(List<String> features) {
        return features.stream()
                .map(feature -> missingByFeature.getOrDefault(feature, missing))
                .toList();
    }
}
