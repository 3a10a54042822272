package dev.noether.flink.scoring;

import dev.noether.model.alarm.RealisedRate;
import dev.noether.schemas.UnscoredReason;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** What the scoring operator counts, as metrics of the group {@code noether}. Counting allocates nothing. Not thread safe. */
final class ScoringMetrics {
    /** Rows with a score, and those of them that are anomalous. */
    final Counter scored;

    final Counter anomalous;

    /** Scored rows of which a feature no longer moves. */
    final Counter stuck;

    /** Rows further behind their entity's newest than the disorder that is allowed. */
    final Counter late;

    /** Rows behind their entity's newest, of an event time of their own, within the disorder. */
    final Counter outOfOrder;

    /** Rows of exactly the event time of a row in their entity's window. */
    final Counter duplicates;

    /** Rows of which at least one feature was filled in. */
    final Counter imputed;

    /** Entities that were forgotten because there were too many. */
    final Counter entitiesEvicted;

    final Counter modelSwaps;
    final Counter modelsRefused;
    private final Counter[] unscored;
    private final RealisedRate realised = new RealisedRate();
    private double promised = Double.NaN;

    ScoringMetrics(
            MetricGroup operator, Gauge<Long> entities, Gauge<Long> newestModelVersion, Gauge<Long> microBatches) {
        MetricGroup group = operator.addGroup("noether");
        group.gauge("alarmRatePromised", () -> promised);
        group.gauge(
                "alarmRateRealised",
                () -> realised.windows() == 0 ? Double.NaN : (double) realised.alarms() / realised.windows());
        scored = group.counter("scored");
        anomalous = group.counter("anomalous");
        stuck = group.counter("stuck");
        late = group.counter("late");
        outOfOrder = group.counter("outOfOrder");
        duplicates = group.counter("duplicates");
        imputed = group.counter("imputed");
        entitiesEvicted = group.counter("entitiesEvicted");
        modelSwaps = group.counter("modelSwaps");
        modelsRefused = group.counter("modelsRefused");
        UnscoredReason[] reasons = UnscoredReason.values();
        unscored = new Counter[reasons.length];
        for (UnscoredReason reason : reasons) {
            unscored[reason.ordinal()] = group.addGroup("reason", reason.name()).counter("unscored");
        }
        group.gauge("entities", entities);
        group.gauge("modelVersion", newestModelVersion);
        group.gauge("microBatches", microBatches);
    }

    /**
     * Counts a scored row.
     *
     * @param isRepeat whether it repeats another, which is then no window of its own in the rate of alarms
     * @param rate promised for it
     */
    void scored(boolean isAnomalous, boolean isRepeat, double rate) {
        scored.inc();
        if (isAnomalous) {
            anomalous.inc();
        }
        promised = rate;
        if (!isRepeat) {
            realised.count(isAnomalous);
        }
    }

    /** Rows without a score for a reason. */
    Counter unscored(UnscoredReason reason) {
        return unscored[reason.ordinal()];
    }
}
