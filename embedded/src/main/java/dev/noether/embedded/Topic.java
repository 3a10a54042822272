package dev.noether.embedded;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic as {@link EmbeddedBroker#createTopics} makes it; immutable.
 *
 * @param name the topic's name in Kafka
 * @param partitions number of partitions, at least 1
 * @param retention what Kafka keeps of it
 */
public record Topic(String name, int partitions, Retention retention) {
    /** What Kafka keeps of a topic. */
    public enum Retention {
        /** Every record, for ever. */
        EVERYTHING(TopicConfig.CLEANUP_POLICY_DELETE),
        /** At least the latest record of every key. */
        LATEST_PER_KEY(TopicConfig.CLEANUP_POLICY_COMPACT);

        private final String cleanupPolicy;

        Retention(String cleanupPolicy) {
            this.cleanupPolicy = cleanupPolicy;
        }
    }

    public Topic {
        Objects.requireNonNull(name, "`name` must not be null");
        Objects.requireNonNull(retention, "`retention` must not be null");
        if (partitions < 1) {
            throw new IllegalArgumentException("`partitions` must be at least 1 (got " + partitions + ")");
        }
    }

    /** A topic that keeps every record. */
    public static Topic plain(String name, int partitions) {
        return new Topic(name, partitions, Retention.EVERYTHING);
    }

    /** A topic that keeps at least the latest record of every key. */
    public static Topic compacted(String name, int partitions) {
        return new Topic(name, partitions, Retention.LATEST_PER_KEY);
    }

    NewTopic toNewTopic() {
        return new NewTopic(name, partitions, (short) 1)
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, retention.cleanupPolicy));
    }
}
