package dev.noether.flink.config;

import java.util.HashSet;
import java.util.List;

/**
 * The Kafka topics of a detector: six different ones.
 *
 * @param observations read
 * @param scores written, one score for each observation that was not rejected
 * @param rejected written, what could not be understood
 * @param models written by the retraining job, read by the scoring job; compacted
 * @param incidents written, one record for each thing that is said of an incident
 * @param feedback what people say of incidents
 */
public record Topics(
        String observations, String scores, String rejected, String models, String incidents, String feedback) {
    public Topics {
        Options.TOPICS_OBSERVATIONS.check(observations);
        Options.TOPICS_SCORES.check(scores);
        Options.TOPICS_REJECTED.check(rejected);
        Options.TOPICS_MODELS.check(models);
        Options.TOPICS_INCIDENTS.check(incidents);
        Options.TOPICS_FEEDBACK.check(feedback);
        List<String> all = List.of(observations, scores, rejected, models, incidents, feedback);
        if (new HashSet<>(all).size() != all.size()) {
            throw new IllegalArgumentException("`topics` must be six different ones (got " + all + ")");
        }
    }
}
