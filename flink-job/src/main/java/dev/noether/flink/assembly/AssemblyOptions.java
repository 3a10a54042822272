package dev.noether.flink.assembly;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.ImportOptions;
import dev.noether.flink.mapping.FeatureForm;
import dev.noether.flink.mapping.MetricAggregate;
import dev.noether.flink.mapping.MetricField;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * How the rows of a detector are assembled. Immutable.
 *
 * @param detector name of the detector
 * @param interval length of an interval
 * @param disorder how far values may be behind the newest one
 * @param longestWait how long nothing may happen before an open interval is closed, by the clock
 * @param maxEntities entities with state at most, in all subtasks
 * @param rules how each feature is made, in the order of the features
 * @param identity hash of the features and of the metrics that they are made of
 */
public record AssemblyOptions(
        String detector,
        Duration interval,
        Duration disorder,
        Duration longestWait,
        int maxEntities,
        List<FeatureRule> rules,
        long identity)
        implements Serializable {
    public AssemblyOptions {
        rules = List.copyOf(rules);
    }

    /**
     * How one feature is made.
     *
     * @param aggregate what several values become
     * @param form what the feature is made of
     */
    public record FeatureRule(MetricAggregate aggregate, FeatureForm form) implements Serializable {}

    /** Returns the options of a detector whose source is an import. */
    public static AssemblyOptions of(DetectorConfig config) {
        ImportOptions imported = config.source().imported();
        List<MetricField> fields = config.source().metrics(config.features());
        return new AssemblyOptions(
                config.detector(),
                imported.interval(),
                imported.disorder(),
                imported.longestWait(),
                config.entities().max(),
                fields.stream()
                        .map(field -> new FeatureRule(field.aggregate(), field.as()))
                        .toList(),
                identity(config, fields));
    }

    private static long identity(DetectorConfig config, List<MetricField> fields) {
        long hash = config.features().fingerprint();
        for (MetricField field : fields) {
            // The hashes of texts and of maps of texts are the same in each process; those of enums are not.
            hash = 31 * (31 * hash + field.name().hashCode()) + field.labels().hashCode();
        }
        return hash;
    }

    /** What the state of an entity depends on. */
    AssemblyShape shape() {
        long hash = identity;
        for (FeatureRule rule : rules) {
            hash = 31 * (31 * hash + rule.aggregate().name().hashCode())
                    + rule.form().name().hashCode();
        }
        return new AssemblyShape(rules.size(), interval.toMillis(), hash);
    }
}
