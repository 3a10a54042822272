package dev.noether.flink.incident;

import dev.noether.incident.feedback.FeedbackBook;
import dev.noether.incident.rate.AlarmRates;
import dev.noether.incident.tracker.IncidentTracker;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** The metrics of {@link IncidentOperator}. Counters belong to the operator's thread; gauges are read by any thread. */
final class IncidentMetrics {
    private final Counter opened;
    private final Counter resolved;
    private final Counter suppressedScores;
    private final Counter dismissedScores;
    private final Counter lateFeedback;
    private final Counter evictedEntities;
    private final Counter clockResets;
    private volatile long openIncidents;

    /**
     * Registers the metrics.
     *
     * @param operatorGroup metric group of the operator
     * @param tracker tracker that the gauges read
     * @param feedback judgements that a gauge counts
     */
    IncidentMetrics(MetricGroup operatorGroup, IncidentTracker tracker, FeedbackBook feedback) {
        MetricGroup group = operatorGroup.addGroup("noether");
        opened = group.counter("incidentsOpened");
        resolved = group.counter("incidentsResolved");
        suppressedScores = group.counter("suppressed");
        dismissedScores = group.counter("suppressedByFeedback");
        lateFeedback = group.counter("feedbackLate");
        clockResets = group.counter("clockResets");
        evictedEntities = group.counter("entitiesEvicted");
        group.gauge("incidentsOpen", () -> openIncidents);
        group.gauge("entities", tracker::entities);
        group.gauge("feedbackJudgements", feedback::size);
        registerAlarmRates(group, tracker);
    }

    private static void registerAlarmRates(MetricGroup group, IncidentTracker tracker) {
        AlarmRates rates = tracker.rates();
        group.gauge("entitiesOverTwiceBudget", () -> rates.countAbove(2, tracker.entities(), tracker.newest()));
        group.gauge("entitiesOverTenTimesBudget", () -> rates.countAbove(10, tracker.entities(), tracker.newest()));
        group.gauge("entityAlarmRatioMedian", () -> rates.quantile(0.5, tracker.entities(), tracker.newest()));
        group.gauge("entityAlarmRatioP99", () -> rates.quantile(0.99, tracker.entities(), tracker.newest()));
        group.gauge("entityAlarmRatioMax", () -> rates.quantile(1, tracker.entities(), tracker.newest()));
        group.gauge("entitiesAlarmingMost", () -> rates.highest(tracker.entities(), tracker.newest()));
    }

    /** Counts a report that opens or resolves an incident. */
    void countReport(Incident report) {
        if (report.state() == IncidentState.OPENED) {
            opened.inc();
            addOpenIncidents(1);
        } else if (report.state() == IncidentState.RESOLVED) {
            resolved.inc();
            addOpenIncidents(-1);
        }
    }

    /** Counts incidents that were open in the checkpoint. */
    void addOpenIncidents(int count) {
        // Written by one thread only.
        openIncidents = openIncidents + count;
    }

    void countSuppressedScore() {
        suppressedScores.inc();
    }

    void countDismissedScore() {
        dismissedScores.inc();
    }

    void countLateFeedback() {
        lateFeedback.inc();
    }

    void countClockReset() {
        clockResets.inc();
    }

    void countEvictedEntities(long count) {
        evictedEntities.inc(count);
    }
}
