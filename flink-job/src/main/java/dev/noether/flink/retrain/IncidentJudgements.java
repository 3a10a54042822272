package dev.noether.flink.retrain;

import dev.noether.schemas.FeedbackVerdict;
import java.util.List;

/** What people said of the incidents of a detector. */
@FunctionalInterface
public interface IncidentJudgements {
    /** Nobody said anything. */
    IncidentJudgements NONE = List::of;

    /** Returns the newest judgement of each incident, without those that were withdrawn. */
    List<JudgedRange> read();

    /**
     * A judged incident.
     *
     * @param incident id of the incident
     * @param entity name of its entity; empty for a group
     * @param from event time at which it began, inclusive
     * @param to event time up to which it was known to last, exclusive
     * @param verdict the judgement
     */
    record JudgedRange(String incident, String entity, long from, long to, FeedbackVerdict verdict) {}
}
