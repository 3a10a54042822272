package dev.noether.cli.demo;

import dev.noether.cli.stream.RowCursor;
import dev.noether.cli.stream.Workload;
import dev.noether.schemas.Incident;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts which faults of a workload were detected. */
final class FaultDetection {
    private FaultDetection() {}

    /**
     * The faults that began before the end of the live rows, and how many of them were detected, by kind. A fault is
     * detected if a row of its entity is above the alarm threshold while the fault lasts, or if an incident overlaps
     * it.
     */
    static Map<String, DetectionReport.FaultCount> countByKind(
            Workload workload, LiveScores live, List<Incident> incidents) {
        List<Workload.FaultInterval> faults = workload.faults();
        boolean[] isDetected = new boolean[faults.size()];
        long newest = markAlarms(workload, live, faults, isDetected);
        Map<String, DetectionReport.FaultCount> byKind = new TreeMap<>();
        for (int i = 0; i < isDetected.length; i++) {
            Workload.FaultInterval fault = faults.get(i);
            if (fault.start() <= newest) {
                boolean hasIncident =
                        incidents.stream().anyMatch(incident -> IncidentCounts.overlaps(incident, fault, workload));
                DetectionReport.FaultCount before =
                        byKind.getOrDefault(fault.kind(), new DetectionReport.FaultCount(0, 0));
                byKind.put(fault.kind(), before.plus(isDetected[i] || hasIncident));
            }
        }
        return byKind;
    }

    /** Marks each fault that covers an anomalous row; returns the newest event time of the live rows. */
    private static long markAlarms(
            Workload workload, LiveScores live, List<Workload.FaultInterval> faults, boolean[] isDetected) {
        long newest = Long.MIN_VALUE;
        RowCursor rows = workload.live();
        for (int row = 0; row < live.rows() && rows.next(); row++) {
            newest = rows.eventTime();
            if (live.isAnomalous(row)) {
                for (int i = 0; i < isDetected.length; i++) {
                    isDetected[i] |= faults.get(i).covers(rows.entity(), rows.eventTime());
                }
            }
        }
        return newest;
    }
}
