package dev.noether.cli.access;

import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.Feedback;
import dev.noether.schemas.FeedbackVerdict;
import dev.noether.schemas.IncidentIdentity;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.JudgedIncident;
import java.util.List;

/** A judgement of an incident. */
final class TestingJudgement {
    private TestingJudgement() {}

    static Feedback of(String detector) {
        IncidentIdentity identity = new IncidentIdentity(detector, "ab12", "host", IncidentKind.SILENCE);
        Diagnosis diagnosis = new Diagnosis(List.of(), BreakShape.UNKNOWN, "host is silent");
        return new Feedback(
                "ab12",
                FeedbackVerdict.CONFIRMED,
                1,
                "anna",
                null,
                1,
                new JudgedIncident(identity, 0, 1, Double.NaN, Double.NaN, Double.NaN, diagnosis));
    }
}
