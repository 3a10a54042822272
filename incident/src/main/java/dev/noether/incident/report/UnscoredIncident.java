package dev.noether.incident.report;

import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.IncidentIdentity;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentPeak;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import dev.noether.schemas.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes reports of incidents without scores and features: silences and stalls. */
public final class UnscoredIncident {
    private UnscoredIncident() {}

    /** Returns a report of severity CRITICAL for a stalled source, otherwise MEDIUM. */
    public static Incident report(
            IncidentIdentity identity,
            IncidentState state,
            IncidentTimes times,
            String description,
            @Nullable String suppressed) {
        return new Incident(
                identity,
                state,
                identity.kind() == IncidentKind.STALL ? Severity.CRITICAL : Severity.MEDIUM,
                times,
                IncidentPeak.none(times.start()),
                0,
                new Diagnosis(List.of(), BreakShape.SILENCE, description),
                IncidentGroup.NONE,
                suppressed);
    }
}
