package dev.noether.flink.assembly;

import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.RejectionReason;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What an import reads: the metrics {@code metricsRead}, {@code metricsUnused}, {@code metricsNotNumbers} by {@code
 * feature}, and {@code metricsRefused} by {@code reason}.
 */
final class MetricCounters {
    private final Counter read;
    private final Counter unused;
    private final Counter[] notNumbers;
    private final Counter[] refused;

    private MetricCounters(Counter read, Counter unused, Counter[] notNumbers, Counter[] refused) {
        this.read = read;
        this.unused = unused;
        this.notNumbers = notNumbers;
        this.refused = refused;
    }

    static MetricCounters of(FeatureSchema features, MetricGroup group) {
        RejectionReason[] reasons = RejectionReason.values();
        Counter[] refused = new Counter[reasons.length];
        for (RejectionReason reason : reasons) {
            refused[reason.ordinal()] = group.addGroup("reason", reason.name()).counter("metricsRefused");
        }
        return new MetricCounters(
                group.counter("metricsRead"),
                group.counter("metricsUnused"),
                features.names().stream()
                        .map(name -> group.addGroup("feature", name).counter("metricsNotNumbers"))
                        .toArray(Counter[]::new),
                refused);
    }

    /** Values of features that were read. */
    Counter read() {
        return read;
    }

    /** Records that have no metric of the detector. */
    Counter unused() {
        return unused;
    }

    /** Values of a feature that are no numbers. */
    Counter notNumbers(int feature) {
        return notNumbers[feature];
    }

    /** Values that cannot be used, of records with others that can. */
    Counter refused(RejectionReason reason) {
        return refused[reason.ordinal()];
    }
}
