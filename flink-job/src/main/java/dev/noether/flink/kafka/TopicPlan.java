package dev.noether.flink.kafka;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.emit.RejectedSize;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How one topic should be made.
 *
 * @param name its name
 * @param spread whether it has as many partitions as the work is spread over; otherwise it has one
 * @param settings that differ from the broker's defaults
 */
record TopicPlan(String name, boolean spread, Map<String, String> settings) {
    static TopicPlan observations(DetectorConfig config) {
        return new TopicPlan(config.topics().observations(), true, Map.of());
    }

    /** A score's timestamp is its event time, which may lie ahead of the broker's clock. */
    static TopicPlan scores(DetectorConfig config) {
        return new TopicPlan(
                config.topics().scores(),
                true,
                Map.of(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE)));
    }

    static TopicPlan rejected(DetectorConfig config) {
        // The batch around the record has a header of its own.
        int bytes = RejectedSize.most(config) + 1024;
        return new TopicPlan(
                config.topics().rejected(),
                false,
                Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Math.max(bytes, 1 << 20))));
    }

    static TopicPlan models(DetectorConfig config) {
        return new TopicPlan(
                config.topics().models(),
                false,
                Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    }

    /** One partition: a group stands before its members. A group names up to 10,000 of them. */
    static TopicPlan incidents(DetectorConfig config) {
        return new TopicPlan(
                config.topics().incidents(),
                false,
                Map.of(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE)));
    }

    static TopicPlan feedback(DetectorConfig config) {
        return new TopicPlan(config.topics().feedback(), false, Map.of());
    }

    /** Those of the scoring job. */
    static List<TopicPlan> scoring(DetectorConfig config) {
        return List.of(observations(config), scores(config), rejected(config), models(config), incidents(config));
    }

    static List<TopicPlan> all(DetectorConfig config) {
        return Stream.concat(scoring(config).stream(), Stream.of(feedback(config)))
                .toList();
    }

    NewTopic newTopic(int partitions, short replication) {
        return new NewTopic(name, spread ? partitions : 1, replication).configs(settings);
    }

    /** The command that makes the topic. */
    String command(String bootstrapServers, int partitions) {
        return "kafka-topics.sh --bootstrap-server " + bootstrapServers + " --create --topic " + name + " --partitions "
                + (spread ? partitions : 1)
                + new TreeMap<>(settings)
                        .entrySet().stream()
                                .map(setting -> " --config " + setting.getKey() + "=" + setting.getValue())
                                .collect(Collectors.joining());
    }
}
