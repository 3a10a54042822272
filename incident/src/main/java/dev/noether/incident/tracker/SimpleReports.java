package dev.noether.incident.tracker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports without scores and features: of silences and stalls. */
final class SimpleReports {
    private SimpleReports() {}

    static IncidentReport of(
            String detector,
            IncidentKind kind,
            String entity,
            IncidentState state,
            long start,
            long end,
            long time,
            String description,
            @Nullable String suppressed) {
        return new IncidentReport(
                IncidentId.of(detector, kind, entity, start),
                entity,
                kind,
                state,
                kind == IncidentKind.STALL ? Severity.CRITICAL : Severity.MEDIUM,
                start,
                end,
                time,
                Double.NaN,
                start,
                Double.NaN,
                Double.NaN,
                0,
                List.of(),
                BreakShape.SILENCE,
                description,
                List.of(),
                0,
                null,
                suppressed,
                -1);
    }
}
