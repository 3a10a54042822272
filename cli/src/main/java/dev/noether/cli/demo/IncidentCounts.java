package dev.noether.cli.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.noether.cli.stream.Workload;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The number of incidents that the job reported, by kind.
 *
 * @param anomalies anomalies of single entities
 * @param silences silences of single entities
 * @param groups outbreaks over many entities
 * @param stalls stalls of the whole source
 * @param unmatched anomalies and silences that overlap no fault of their entity; null if the faults of the workload are
 *     unknown
 * @param accepted false alarms that the budget accepts in the live part
 */
public record IncidentCounts(
        int anomalies,
        int silences,
        int groups,
        int stalls,
        @JsonProperty("beside") @Nullable Integer unmatched,
        double accepted) {
    /**
     * Counts incidents.
     *
     * @param rows rows of the live part that were scored
     * @param budget the budget of each entity
     */
    static IncidentCounts of(List<Incident> incidents, Workload workload, int rows, AlarmBudget budget) {
        int unmatched = 0;
        for (Incident incident : incidents) {
            boolean single = incident.kind() == IncidentKind.ANOMALY || incident.kind() == IncidentKind.SILENCE;
            if (single && workload.faults().stream().noneMatch(fault -> overlaps(incident, fault, workload))) {
                unmatched++;
            }
        }
        return new IncidentCounts(
                count(incidents, IncidentKind.ANOMALY),
                count(incidents, IncidentKind.SILENCE),
                count(incidents, IncidentKind.GROUP),
                count(incidents, IncidentKind.STALL),
                workload.faults().isEmpty() ? null : unmatched,
                accepted(workload, rows, budget));
    }

    private static double accepted(Workload workload, int rows, AlarmBudget budget) {
        double part = (double) rows / workload.liveRows();
        double periods =
                (double) workload.liveSpan().toMillis() / budget.period().toMillis();
        return part * periods * budget.count() * workload.entities().size();
    }

    /** Whether an incident and a fault belong to the same entity and overlap in event time. */
    static boolean overlaps(Incident incident, Workload.FaultInterval fault, Workload workload) {
        return incident.entity().equals(workload.entities().get(fault.entity()))
                && incident.start() < fault.end()
                && incident.end() > fault.start();
    }

    private static int count(List<Incident> incidents, IncidentKind kind) {
        return (int)
                incidents.stream().filter(incident -> incident.kind() == kind).count();
    }
}
