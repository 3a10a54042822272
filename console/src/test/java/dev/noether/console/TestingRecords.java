package dev.noether.console;

import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Contribution;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.IncidentIdentity;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentPeak;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import dev.noether.schemas.Score;
import dev.noether.schemas.Severity;
import dev.noether.schemas.UnscoredReason;
import dev.noether.schemas.Verdict;
import java.util.List;

/** Records of tests, of the detector {@value #DETECTOR}. */
public final class TestingRecords {
    public static final String DETECTOR = "fleet";

    /** An event time: 2026-01-24T16:00:00Z. */
    public static final long START = 1_769_270_400_000L;

    private TestingRecords() {}

    /** An incident of an entity with its usual times. */
    public static Incident incident(String id, String entity, IncidentState state) {
        return incident(id, entity, state, Severity.HIGH, START);
    }

    /** An incident of an entity that began at a time; each state is a minute later. */
    public static Incident incident(String id, String entity, IncidentState state, Severity severity, long start) {
        long time = start + 60_000L * state.ordinal();
        return new Incident(
                new IncidentIdentity(DETECTOR, id, entity, IncidentKind.ANOMALY),
                state,
                severity,
                new IncidentTimes(start, time + 1, time),
                new IncidentPeak(11.5, start, 1e-6, 7.5, 1, "5d01062414dfae57"),
                1 + state.ordinal(),
                new Diagnosis(
                        List.of(
                                new Cause("cpu", 12.5f, 97.25f, 20, 18, 22),
                                new Cause("memory", -3, 1, 5, Float.NaN, Float.NaN)),
                        BreakShape.LEVEL,
                        entity + ": cpu is 97.25, expected 20 (usual range 18 to 22)"),
                IncidentGroup.NONE,
                null);
    }

    /** The group of incidents. */
    public static Incident group(String id, List<String> members, IncidentState state) {
        Incident one = incident(id, "", state);
        return new Incident(
                new IncidentIdentity(DETECTOR, id, "", IncidentKind.GROUP),
                state,
                Severity.CRITICAL,
                one.times(),
                one.peak(),
                members.size(),
                new Diagnosis(one.diagnosis().causes(), BreakShape.UNKNOWN, members.size() + " entities"),
                new IncidentGroup(null, members, members.size()),
                null);
    }

    /** A score of an entity. */
    public static Score score(String entity, long time, long offset, Verdict verdict) {
        if (verdict == Verdict.UNSCORED) {
            return Score.unscored(DETECTOR, entity, time, 0, offset, UnscoredReason.COLD_START);
        }
        boolean isAnomalous = verdict == Verdict.ANOMALOUS;
        return new Score(
                DETECTOR,
                entity,
                time,
                time + 1,
                0,
                offset,
                verdict,
                null,
                isAnomalous ? 11.5 : 1.5,
                isAnomalous ? 1e-6 : 0.5,
                7.5,
                isAnomalous ? List.of(new Contribution("cpu", 1, 97.25f, 20, 12.5f, 18, 22)) : List.of(),
                List.of(),
                1);
    }
}
