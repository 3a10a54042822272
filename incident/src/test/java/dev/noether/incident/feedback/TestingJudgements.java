package dev.noether.incident.feedback;

import dev.noether.incident.evidence.Evidence;
import dev.noether.incident.evidence.FeatureEvidence;
import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.Feedback;
import dev.noether.schemas.FeedbackVerdict;
import dev.noether.schemas.IncidentIdentity;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.JudgedIncident;
import dev.noether.schemas.ShapeFinding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judged incidents and scores of one entity. All features usually lie between 10 and 20. */
final class TestingJudgements {
    static final String ENTITY = "db-1";
    static final long DAY = 86_400_000;
    static final long WEEK = 7 * DAY;
    static final long START = 1_700_000_000_000L;
    static final long HALF_LIFE = 30 * DAY;
    static final double THRESHOLD = 5;

    private TestingJudgements() {}

    /** A feature that deviates by so many standard deviations, and holds a share of the score. */
    record Part(String feature, double deviations, double share) {
        private float observed() {
            return (float) (15 + 5.0 / 3 * deviations);
        }

        private Cause cause() {
            return new Cause(feature, (float) deviations, observed(), 15, 10, 20);
        }

        private FeatureEvidence evidence() {
            return new FeatureEvidence(feature, (float) share, observed(), 15, (float) deviations, 10, 20);
        }
    }

    static Part part(String feature, double deviations, double share) {
        return new Part(feature, deviations, share);
    }

    static Feedback feedback(String incident, FeedbackVerdict verdict, long from, double excess, Part... parts) {
        return feedback(incident, verdict, from, excess, null, parts);
    }

    static Feedback feedback(
            String incident,
            FeedbackVerdict verdict,
            long from,
            double excess,
            @Nullable ShapeFinding finding,
            Part... parts) {
        Diagnosis diagnosis =
                new Diagnosis(List.of(parts).stream().map(Part::cause).toList(), BreakShape.LEVEL, "backup", finding);
        return feedback(incident, verdict, from, THRESHOLD + excess, diagnosis);
    }

    /** A run of equal values that was judged. */
    static Feedback stuck(String incident, FeedbackVerdict verdict, long from, double pValue, String feature) {
        Cause cause = new Cause(feature, 0, 15, 15, 10, 20);
        return new Feedback(
                incident,
                verdict,
                from,
                null,
                null,
                from,
                new JudgedIncident(
                        new IncidentIdentity("fleet", incident, ENTITY, IncidentKind.ANOMALY),
                        from - DAY,
                        from,
                        Double.NaN,
                        Double.NaN,
                        pValue,
                        new Diagnosis(List.of(cause), BreakShape.STUCK, "stuck")));
    }

    private static Feedback feedback(
            String incident, FeedbackVerdict verdict, long from, double peak, Diagnosis diagnosis) {
        return new Feedback(
                incident,
                verdict,
                from,
                "anna",
                null,
                from,
                new JudgedIncident(
                        new IncidentIdentity("fleet", incident, ENTITY, IncidentKind.ANOMALY),
                        from - DAY,
                        from,
                        peak,
                        THRESHOLD,
                        1e-6,
                        diagnosis));
    }

    static Evidence score(long time, double excess, Part... parts) {
        return score(time, excess, null, parts);
    }

    static Evidence score(long time, double excess, @Nullable ShapeFinding finding, Part... parts) {
        return new Evidence(
                time,
                THRESHOLD + excess,
                THRESHOLD,
                1e-6,
                1,
                List.of(parts).stream().map(Part::evidence).toList(),
                null,
                finding,
                null);
    }

    static Evidence stuck(long time, double pValue, String feature) {
        FeatureEvidence evidence = new FeatureEvidence(feature, 0, 15, 15, 0, 10, 20, 40);
        return new Evidence(time, Double.NaN, Double.NaN, pValue, 1, List.of(evidence), null);
    }
}
