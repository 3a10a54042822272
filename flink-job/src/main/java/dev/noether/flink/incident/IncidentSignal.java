package dev.noether.flink.incident;

import dev.noether.incident.tracker.IncidentReport;
import org.jspecify.annotations.Nullable;

/**
 * What the operator behind the scorer tells the one that sees all: either something of an incident, or whether scores still
 * come.
 *
 * @param report what is said of an incident; null where the signal is about the scores
 * @param subtask who tells it
 * @param subtasks how many tell such
 * @param isStalled whether no scores come any more
 * @param newest the newest event time that the subtask has seen, milliseconds; {@link Long#MIN_VALUE} for none
 */
public record IncidentSignal(
        @Nullable IncidentReport report, int subtask, int subtasks, boolean isStalled, long newest) {
    static IncidentSignal of(IncidentReport report) {
        return new IncidentSignal(report, 0, 0, false, report.time());
    }
}
