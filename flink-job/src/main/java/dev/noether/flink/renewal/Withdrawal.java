package dev.noether.flink.renewal;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.release.AnnouncementException;
import dev.noether.flink.release.ModelChange;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelsRecord;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * The withdrawal of a model: it keeps the event times that scoring has reached, and the model before it takes over a
 * few seconds later. Stateless; thread safe.
 */
public final class Withdrawal {
    /** Long enough for the announcement to reach every task before event time does. */
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

    private Withdrawal() {}

    /**
     * Returns the first event time that a model no longer scores if it is withdrawn now.
     *
     * @param newestSeen newest event time that scoring has seen, milliseconds since 1970 UTC
     */
    public static long end(DetectorConfig config, long newestSeen) {
        Duration delay = config.retraining().schedule().activationDelay();
        return newestSeen + 1 + (delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY).toMillis();
    }

    /**
     * Withdraws a model from outside of the retrainer.
     *
     * @param choice chooses the model, given what the topic says; may be called several times
     * @param end first event time that it no longer scores
     * @return the release as announced
     * @throws AnnouncementException if Kafka does not take it
     */
    public static ModelRelease announce(
            DetectorConfig config, Function<ModelChange, ModelRelease> choice, long end, ModelChange.Reason reason)
            throws AnnouncementException {
        ModelRelease[] ended = new ModelRelease[1];
        try (LeaderTopic topic = LeaderTopic.open(config, () -> true)) {
            topic.write(content -> {
                List<ModelsRecord> records = records(content, choice, end, reason);
                ended[0] = (ModelRelease) records.get(0);
                return records;
            });
        }
        return ended[0];
    }

    private static List<ModelsRecord> records(
            ModelsTopicContent content,
            Function<ModelChange, ModelRelease> choice,
            long end,
            ModelChange.Reason reason) {
        ModelChange change = new ModelChange(content, System.currentTimeMillis());
        return change.withdraw(choice.apply(change), end, reason);
    }
}
