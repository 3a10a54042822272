package dev.noether.flink.release;

import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.ShadowComparison;
import dev.noether.schemas.TrainingRequest;
import dev.noether.schemas.TrainingRun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the models topic says of one detector.
 *
 * @param releases the newest release of each version, by version
 * @param decisions the newest decision of each version and outcome, in the order of the topic
 * @param shadows the newest comparison of each version that scored in shadow, by version
 * @param training the newest training; null if there was none
 * @param request the newest request for a training; null if there is none
 */
public record ModelsTopicContent(
        List<ModelRelease> releases,
        List<PromotionDecision> decisions,
        List<ShadowComparison> shadows,
        @Nullable TrainingRun training,
        @Nullable TrainingRequest request) {
    public ModelsTopicContent {
        releases = List.copyOf(releases);
        decisions = List.copyOf(decisions);
        shadows = List.copyOf(shadows);
    }

    /** Makes the content of a topic without shadows. */
    public ModelsTopicContent(
            List<ModelRelease> releases,
            List<PromotionDecision> decisions,
            @Nullable TrainingRun training,
            @Nullable TrainingRequest request) {
        this(releases, decisions, List.of(), training, request);
    }
}
