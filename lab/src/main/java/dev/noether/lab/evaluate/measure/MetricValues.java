package dev.noether.lab.evaluate.measure;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The metrics of a detector; NaN for a metric that is not defined. Immutable. */
public final class MetricValues {
    private final Map<DetectionMetric, Double> values;

    private MetricValues(Map<DetectionMetric, Double> values) {
        this.values = values;
    }

    /** Copies the map. */
    public static MetricValues of(Map<DetectionMetric, Double> values) {
        return new MetricValues(new EnumMap<>(values));
    }

    /** The value of a metric; NaN if there is none. */
    public double get(DetectionMetric measure) {
        return values.getOrDefault(measure, Double.NaN);
    }

    /** The mean of each metric over those that define it: a delay is defined only if an event was found. */
    public static MetricValues mean(List<MetricValues> all) {
        Map<DetectionMetric, Double> means = new EnumMap<>(DetectionMetric.class);
        for (DetectionMetric measure : DetectionMetric.values()) {
            double mean = all.stream()
                    .mapToDouble(figures -> figures.get(measure))
                    .filter(Double::isFinite)
                    .average()
                    .orElse(Double.NaN);
            means.put(measure, mean);
        }
        return new MetricValues(means);
    }
}
