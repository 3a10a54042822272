package dev.noether.cli.infer;

import dev.noether.flink.mapping.FeatureForm;
import dev.noether.flink.mapping.MetricAggregate;
import java.util.Map;

/**
 * What becomes of a metric in an import.
 *
 * @param name name of the feature
 * @param metric name of the metric, or path of its value
 * @param labels what the labels must be
 * @param aggregate what several values become
 * @param as what the feature is made of
 * @param isUsed whether it is a feature
 * @param reason what it is, or why it is left out
 */
record ImportFeature(
        String name,
        String metric,
        Map<String, String> labels,
        MetricAggregate aggregate,
        FeatureForm as,
        boolean isUsed,
        String reason) {}
