package dev.noether.flink.notify;

import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Cause;
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

/** Incident records of tests. */
final class TestingIncidents {
    /** Start of each incident: an hour before the class was loaded. */
    static final long START = System.currentTimeMillis() - 3_600_000;

    private TestingIncidents() {}

    static Incident incident(String id, IncidentState state) {
        return incident(id, state, Severity.HIGH);
    }

    static Incident incident(String id, IncidentState state, Severity severity) {
        return incident(id, state, severity, null, null);
    }

    static Incident incident(
            String id, IncidentState state, Severity severity, @Nullable String group, @Nullable String suppressed) {
        long now = START + state.ordinal() * 60_000L;
        return new Incident(
                new IncidentIdentity("fleet", id, "web-" + id, IncidentKind.ANOMALY),
                state,
                severity,
                new IncidentTimes(START, now + 60_000, now),
                new IncidentPeak(9, START, 1e-6, 4, 3, "00112233aabbccdd"),
                7,
                new Diagnosis(
                        List.of(
                                new Cause("cpu.user", 12.5f, 97.25f, 20, 18, 22),
                                new Cause("net", -3, 1, 5, Float.NaN, Float.NaN)),
                        BreakShape.UNKNOWN,
                        "web-" + id + ": cpu.user is 97.25, expected 20 <b>& \"more\""),
                new IncidentGroup(group, List.of(), 0),
                suppressed);
    }
}
