package dev.noether.flink.ingest;

import dev.noether.model.feature.FeatureSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;

/** How many fields of each feature were there and no number: the metric {@code notNumbers}, by {@code feature}. */
final class NumberCounters {
    private final Counter[] counters;

    private NumberCounters(Counter[] counters) {
        this.counters = counters;
    }

    /** Makes counters that nobody sees. */
    static NumberCounters unseen(FeatureSchema features) {
        return new NumberCounters(
                features.names().stream().map(name -> new SimpleCounter()).toArray(Counter[]::new));
    }

    /** Makes the counters of a task. */
    static NumberCounters of(FeatureSchema features, MetricGroup group) {
        return new NumberCounters(features.names().stream()
                .map(name -> group.addGroup("feature", name).counter("notNumbers"))
                .toArray(Counter[]::new));
    }

    void add(int feature) {
        counters[feature].inc();
    }

    long count(int feature) {
        return counters[feature].getCount();
    }
}
