package dev.noether.cli.scenario;

import dev.noether.cli.fleet.LabelledFault;
import dev.noether.cli.stream.Workload;
import dev.noether.cli.verify.IncidentTopic;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import java.util.List;

/** Which faults of a fleet a detector has told. */
final class FaultReport {
    private final List<Incident> incidents;

    private FaultReport(List<Incident> incidents) {
        this.incidents = incidents;
    }

    /** Reads the incidents of a detector. */
    static FaultReport read(DetectorConfig config) {
        return new FaultReport(IncidentTopic.latestStates(config).stream()
                .filter(incident -> incident.kind() == IncidentKind.ANOMALY || incident.kind() == IncidentKind.SILENCE)
                .toList());
    }

    /** Whether an incident of the server lasts during a fault, or begins with it. */
    boolean isTold(LabelledFault fault) {
        // A silence begins with the last row before it.
        long start = Workload.eventTime(fault.start() - FleetStream.EVERY);
        long end = Workload.eventTime(fault.end());
        return incidents.stream()
                .anyMatch(incident ->
                        incident.entity().equals(fault.entity()) && incident.end() > start && incident.start() < end);
    }

    /** The faults that are told. */
    List<LabelledFault> told(List<LabelledFault> faults) {
        return faults.stream().filter(this::isTold).toList();
    }
}
