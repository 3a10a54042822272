package dev.noether.embedded;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The description of a topic for {@link EmbeddedBroker#createTopics}. Immutable.
 *
 * @param name name of the topic
 * @param partitions number of partitions, at least 1
 * @param retention records that Kafka keeps
 */
public record Topic(String name, int partitions, Retention retention) {
    /** The records of a topic that Kafka keeps. */
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

    /** Returns a topic that keeps every record. */
    public static Topic plain(String name, int partitions) {
        return new Topic(name, partitions, Retention.EVERYTHING);
    }

    /** Returns a topic that keeps at least the latest record of every key. */
    public static Topic compacted(String name, int partitions) {
        return new Topic(name, partitions, Retention.LATEST_PER_KEY);
    }

    NewTopic toNewTopic() {
        return new NewTopic(name, partitions, (short) 1)
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, retention.cleanupPolicy));
    }
}
