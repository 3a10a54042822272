package dev.noether.cli;

import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.IncidentIdentity;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentPeak;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectionReason;
import dev.noether.schemas.Score;
import dev.noether.schemas.Severity;
import dev.noether.schemas.UnscoredReason;
import dev.noether.schemas.Verdict;
import java.util.List;

/** Records as the scoring job writes them, for tests. */
public final class TestingOutcomes {
    private static final String DETECTOR = "demo";

    private TestingOutcomes() {}

    /** A score record without a score value. */
    public static Score unscored(int partition, long offset) {
        return Score.unscored(DETECTOR, "web-1", 1_000, partition, offset, UnscoredReason.COLD_START);
    }

    /** A score of 2 by a model. */
    public static Score scored(int partition, long offset, long version, Verdict verdict) {
        return scored(partition, offset, version, verdict, 2);
    }

    /** A score by a model. */
    public static Score scored(int partition, long offset, long version, Verdict verdict, double score) {
        return new Score(
                DETECTOR, "web-1", 0, 1_000, partition, offset, verdict, null, score, 0.5, 1, List.of(), List.of(),
                version);
    }

    /** A rejected record. */
    public static Rejected rejected(int partition, long offset) {
        return new Rejected("observations", partition, offset, 0, RejectionReason.EMPTY, "empty", null, null, -1);
    }

    /** An open incident in [start, end). */
    public static Incident incident(String id, String entity, IncidentKind kind, long start, long end) {
        return new Incident(
                new IncidentIdentity(DETECTOR, id, entity, kind),
                IncidentState.OPENED,
                Severity.LOW,
                new IncidentTimes(start, end, end),
                new IncidentPeak(2, start, 0.01, 1, 1),
                1,
                new Diagnosis(List.of(), BreakShape.SPIKE, "an incident"),
                IncidentGroup.NONE,
                null);
    }
}
