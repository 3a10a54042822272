package dev.noether.flink.mapping;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which values of an import a feature is made of, and how.
 *
 * @param name name of the metric, or the path of the field with the value
 * @param labels what the labels of a value must be, by name or path; see {@link LabelMatcher}
 * @param aggregate what several values in one interval become
 * @param as what the feature is made of
 */
public record MetricField(String name, Map<String, String> labels, MetricAggregate aggregate, FeatureForm as)
        implements Serializable {
    public MetricField {
        requireNonNull(name, "name");
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        labels.values().forEach(LabelMatcher::of);
        requireNonNull(aggregate, "aggregate");
        requireNonNull(as, "as");
    }

    /** Returns the last value of a metric, whatever its labels. */
    public static MetricField of(String name) {
        return of(FeatureField.of(name));
    }

    /** Returns the last value of the metric or the field that a feature is mapped to. */
    public static MetricField of(FeatureField field) {
        return new MetricField(field.path(), Map.of(), MetricAggregate.LAST, field.as());
    }
}
