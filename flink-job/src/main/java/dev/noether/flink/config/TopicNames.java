package dev.noether.flink.config;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;

/**
 * Names of the Kafka topics of a detector: seven different ones.
 *
 * @param observations observations, read by both jobs
 * @param scores one score for each observation that was not rejected
 * @param rejected records that could not be read
 * @param models releases, written by the retraining job and read by the scoring job; compacted
 * @param incidents one record when an incident opens, becomes clearly worse, and ends
 * @param feedback what people say of incidents
 * @param undelivered incidents that nobody could be told about
 */
public record TopicNames(
        String observations,
        String scores,
        String rejected,
        String models,
        String incidents,
        String feedback,
        String undelivered)
        implements Serializable {
    public TopicNames {
        TopicSection.OBSERVATIONS.check(observations);
        TopicSection.SCORES.check(scores);
        TopicSection.REJECTED.check(rejected);
        TopicSection.MODELS.check(models);
        TopicSection.INCIDENTS.check(incidents);
        TopicSection.FEEDBACK.check(feedback);
        TopicSection.UNDELIVERED.check(undelivered);
        List<String> all = List.of(observations, scores, rejected, models, incidents, feedback, undelivered);
        if (new HashSet<>(all).size() != all.size()) {
            throw new IllegalArgumentException("`topics` must be seven different ones (got " + all + ")");
        }
    }

    static TopicNames of(OptionValues values) {
        return new TopicNames(
                values.get(TopicSection.OBSERVATIONS),
                values.get(TopicSection.SCORES),
                values.get(TopicSection.REJECTED),
                values.get(TopicSection.MODELS),
                values.get(TopicSection.INCIDENTS),
                values.get(TopicSection.FEEDBACK),
                values.get(TopicSection.UNDELIVERED));
    }

    /** Returns all of them. */
    List<String> all() {
        return List.of(observations, scores, rejected, models, incidents, feedback, undelivered);
    }
}
