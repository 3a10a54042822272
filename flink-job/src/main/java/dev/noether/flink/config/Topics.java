package dev.noether.flink.config;

import java.util.HashSet;
import java.util.List;

/**
 * The Kafka topics of a detector: four different ones.
 *
 * @param observations read
 * @param scores written, one score for each observation that was not rejected
 * @param rejected written, what could not be understood
 * @param models written by the retraining job, read by the scoring job; compacted
 */
public record Topics(String observations, String scores, String rejected, String models) {
    public Topics {
        Options.TOPICS_OBSERVATIONS.check(observations);
        Options.TOPICS_SCORES.check(scores);
        Options.TOPICS_REJECTED.check(rejected);
        Options.TOPICS_MODELS.check(models);
        List<String> all = List.of(observations, scores, rejected, models);
        if (new HashSet<>(all).size() != all.size()) {
            throw new IllegalArgumentException("`topics` must be four different ones (got " + all + ")");
        }
    }
}
