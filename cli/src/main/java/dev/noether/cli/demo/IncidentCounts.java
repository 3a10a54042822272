package dev.noether.cli.demo;

import dev.noether.cli.stream.Workload;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The incidents that the job told, counted.
 *
 * @param anomalies of single entities
 * @param silences of single entities
 * @param groups over many entities
 * @param stalls of the whole source
 * @param beside how many of the first two lie beside every labelled incident of their entity; null where labels have no names
 */
public record IncidentCounts(
        int anomalies,
        int silences,
        int groups,
        int stalls,
        @Nullable Integer beside) {
    /** Counts. */
    static IncidentCounts of(List<Incident> told, Workload workload) {
        int beside = 0;
        for (Incident incident : told) {
            boolean single = incident.kind() == IncidentKind.ANOMALY || incident.kind() == IncidentKind.SILENCE;
            beside += single && workload.incidents().stream().noneMatch(known -> meets(incident, known, workload))
                    ? 1
                    : 0;
        }
        return new IncidentCounts(
                count(told, IncidentKind.ANOMALY),
                count(told, IncidentKind.SILENCE),
                count(told, IncidentKind.GROUP),
                count(told, IncidentKind.STALL),
                workload.incidents().isEmpty() ? null : beside);
    }

    /** Whether an incident of an entity overlaps a labelled one. */
    static boolean meets(Incident incident, Workload.KnownIncident known, Workload workload) {
        return incident.entity().equals(workload.entities().get(known.entity()))
                && incident.start() < known.end()
                && incident.end() > known.start();
    }

    private static int count(List<Incident> told, IncidentKind kind) {
        return (int) told.stream().filter(incident -> incident.kind() == kind).count();
    }
}
