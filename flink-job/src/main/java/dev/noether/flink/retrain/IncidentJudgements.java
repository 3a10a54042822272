package dev.noether.flink.retrain;

import static java.util.Objects.requireNonNull;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.feedback.FeedbackTopic;
import dev.noether.schemas.Feedback;
import dev.noether.schemas.FeedbackVerdict;
import dev.noether.schemas.JudgedIncident;
import java.util.List;

/** What people said of the incidents of a detector. */
@FunctionalInterface
public interface IncidentJudgements {
    /** Returns the judgements in the feedback topic of a detector. */
    static IncidentJudgements of(DetectorConfig config) {
        return () -> new FeedbackTopic(config)
                .read().stream()
                        .filter(feedback -> feedback.judged() != null)
                        .map(IncidentJudgements::range)
                        .toList();
    }

    private static JudgedRange range(Feedback feedback) {
        JudgedIncident judged = requireNonNull(feedback.judged());
        return new JudgedRange(feedback.incident(), judged.entity(), judged.start(), judged.end(), feedback.verdict());
    }

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
