package dev.noether.incident.feedback;

import dev.noether.incident.evidence.Evidence;
import dev.noether.schemas.Feedback;
import dev.noether.schemas.FeedbackVerdict;
import dev.noether.schemas.JudgedIncident;

/**
 * One judgement of an incident.
 *
 * @param offset its place among the judgements of the incident
 * @param verdict what was said
 * @param from first event time that it changes anything for, milliseconds
 * @param time when it was said, milliseconds since 1970 UTC
 * @param strength how strong the incident was, as {@link #strengthOf}
 * @param kind the kind of the incident
 */
record Judgement(long offset, FeedbackVerdict verdict, long from, long time, double strength, BreakKind kind) {
    /** The largest strength of a run of equal values: smaller p-values cannot be told apart. */
    private static final double MOST_IMPROBABLE = 700;

    static Judgement of(long offset, Feedback feedback, JudgedIncident judged) {
        double strength = Double.isNaN(judged.peakScore()) ? improbability(judged.pValue()) : judged.excess();
        return new Judgement(
                offset,
                feedback.verdict(),
                feedback.firstEventTime(),
                feedback.time(),
                strength > 0 ? strength : 0,
                BreakKind.of(judged));
    }

    /** Returns the strength of a score: how far it exceeds its threshold, or how improbable its run of equal values is. */
    static double strengthOf(Evidence evidence) {
        return evidence.isAnomalous() ? evidence.excess() : improbability(evidence.pValue());
    }

    private static double improbability(double pValue) {
        return Math.min(MOST_IMPROBABLE, -Math.log(pValue));
    }
}
