package dev.noether.cli.demo;

import dev.noether.cli.stream.Workload;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An incident of the run, for the page.
 *
 * @param start event time at which it began, ISO 8601
 * @param kind kind of incident
 * @param severity severity of its newest report
 * @param state state of its newest report
 * @param description its sentence
 * @param fault kind of the simulated fault that it reports; null if there was none
 * @param isFalse whether its entity had no simulated fault then, although the faults are known
 */
public record ReportedIncident(
        String start,
        String kind,
        String severity,
        String state,
        String description,
        @Nullable String fault,
        boolean isFalse) {
    /** Returns the incidents by their start. */
    static List<ReportedIncident> of(List<Incident> incidents, Workload workload) {
        return incidents.stream()
                .sorted(Comparator.comparingLong(Incident::start))
                .map(incident -> of(incident, workload))
                .toList();
    }

    private static ReportedIncident of(Incident incident, Workload workload) {
        @Nullable String fault = ExampleIncident.fault(incident, workload);
        boolean isOfOneEntity = incident.kind() == IncidentKind.ANOMALY || incident.kind() == IncidentKind.SILENCE;
        return new ReportedIncident(
                Instant.ofEpochMilli(incident.start()).toString(),
                incident.kind().name(),
                incident.severity().name(),
                incident.state().name(),
                incident.description(),
                fault,
                isOfOneEntity && fault == null && !workload.faults().isEmpty());
    }
}
