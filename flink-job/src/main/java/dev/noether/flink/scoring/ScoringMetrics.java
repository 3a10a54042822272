package dev.noether.flink.scoring;

import dev.noether.model.alarm.RealisedRate;
import dev.noether.model.engine.Engine;
import dev.noether.schemas.UnscoredReason;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** The metrics of the scoring operator, in the group {@code noether}. Counting allocates nothing. Not thread safe. */
final class ScoringMetrics {
    /** Rows with a score. */
    final Counter scored;

    /** Rows with an anomalous score. */
    final Counter anomalous;

    /** Scored rows with a stuck feature. */
    final Counter stuck;

    /** Scored rows of models that judge shapes for which no window of the signal could be judged. */
    final Counter shapeUnjudged;

    /** Late rows; see {@link LateRowCheck}. */
    final Counter late;

    /** Windows whose newest row had a wrong time, and were set back; see {@link LateRowCheck}. */
    final Counter clockResets;

    /** Rows out of order: neither newer than the newest row of their entity, nor late, nor duplicates. */
    final Counter outOfOrder;

    /** Duplicates; see {@link DuplicateCheck}. */
    final Counter duplicates;

    /** Rows with at least one missing value; see {@link MissingValues}. */
    final Counter imputed;

    /** Entities whose state was removed; see {@link EntityEviction}. */
    final Counter entitiesEvicted;

    /** Models that replaced or joined others. */
    final Counter modelSwaps;

    /** Releases that were refused. */
    final Counter modelsRefused;

    /** Models that were given an earlier end. */
    final Counter modelsWithdrawn;

    /** Rows that a challenger has judged in shadow. */
    final Counter shadowScored;

    /** Rows that a challenger found anomalous in shadow; no alarms. */
    final Counter shadowAnomalous;

    /** Announcements of a version that another artifact has. */
    final Counter modelConflicts;

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
        shapeUnjudged = group.counter("shapeUnjudged");
        late = group.counter("late");
        clockResets = group.counter("clockResets");
        outOfOrder = group.counter("outOfOrder");
        duplicates = group.counter("duplicates");
        imputed = group.counter("imputed");
        entitiesEvicted = group.counter("entitiesEvicted");
        modelSwaps = group.counter("modelSwaps");
        modelsRefused = group.counter("modelsRefused");
        modelsWithdrawn = group.counter("modelsWithdrawn");
        shadowScored = group.counter("shadowScored");
        shadowAnomalous = group.counter("shadowAnomalous");
        modelConflicts = group.counter("modelConflicts");
        UnscoredReason[] reasons = UnscoredReason.values();
        unscored = new Counter[reasons.length];
        for (UnscoredReason reason : reasons) {
            unscored[reason.ordinal()] = group.addGroup("reason", reason.name()).counter("unscored");
        }
        group.gauge("entities", entities);
        group.gauge("modelVersion", newestModelVersion);
        group.gauge("microBatches", microBatches);
    }

    /** Registers whether the GPU that the subtask should use is not, or no longer, used: 1 or 0, and the reason. */
    void registerFallback(MetricGroup operator, Engine engine) {
        MetricGroup group = operator.addGroup("noether");
        group.gauge("engineFallback", () -> engine.fallback().isPresent() ? 1 : 0);
        group.gauge("engineProblem", () -> engine.fallback().orElse(""));
    }

    /**
     * Counts a scored row.
     *
     * @param isAnomalous whether the score is anomalous
     * @param isDuplicate whether the row is a duplicate, which does not count in the realised alarm rate
     * @param rate promised alarm rate of the model
     */
    void scored(boolean isAnomalous, boolean isDuplicate, double rate) {
        scored.inc();
        if (isAnomalous) {
            anomalous.inc();
        }
        promised = rate;
        if (!isDuplicate) {
            realised.count(isAnomalous);
        }
    }

    /** Returns the counter of rows without a score for a reason. */
    Counter unscored(UnscoredReason reason) {
        return unscored[reason.ordinal()];
    }
}
