package dev.noether.cli.demo;

import dev.noether.cli.stream.Workload;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.ShapeDifference;
import dev.noether.schemas.ShapeFinding;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One incident of the run that reports a simulated fault, with its sentence.
 *
 * @param fault kind of the fault
 * @param description sentence of the incident
 * @param shapeFinding how the shape of the signal differed; null if the incident says nothing about the shape
 */
public record ExampleIncident(
        String fault, String description, @Nullable ShapeFinding shapeFinding) {
    /** Incidents that name how the shape differs come first, then those with the highest score. */
    private static final Comparator<Incident> MOST_TELLING = Comparator.comparing(ExampleIncident::namesDifference)
            .thenComparingDouble(incident -> incident.peak().score());

    private static boolean namesDifference(Incident incident) {
        ShapeFinding finding = incident.diagnosis().shapeFinding();
        return finding != null && finding.kind() != ShapeDifference.SHAPE;
    }

    /** Chooses an incident; null if none reports a simulated fault. */
    static @Nullable ExampleIncident of(List<Incident> incidents, Workload workload) {
        return incidents.stream()
                .filter(incident -> incident.kind() == IncidentKind.ANOMALY && fault(incident, workload) != null)
                .max(MOST_TELLING)
                .map(incident -> new ExampleIncident(
                        String.valueOf(fault(incident, workload)),
                        incident.description(),
                        incident.diagnosis().shapeFinding()))
                .orElse(null);
    }

    /** Returns the kind of the simulated fault that an incident reports; null if there is none. */
    static @Nullable String fault(Incident incident, Workload workload) {
        return workload.faults().stream()
                .filter(fault -> IncidentCounts.overlaps(incident, fault, workload))
                .findFirst()
                .map(Workload.FaultInterval::kind)
                .orElse(null);
    }
}
