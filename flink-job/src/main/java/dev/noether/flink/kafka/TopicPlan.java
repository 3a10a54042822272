package dev.noether.flink.kafka;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.emit.RecordSizes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The plan of one topic: its name, partitions and settings.
 *
 * @param name name of the topic
 * @param isPartitioned whether it has several partitions; otherwise it has one
 * @param settings settings that differ from the broker's defaults
 */
record TopicPlan(String name, boolean isPartitioned, Map<String, String> settings) {
    /** Kafka's default of {@code max.message.bytes}. */
    private static final int KAFKA_DEFAULT_BYTES = 1_048_588;

    private static final String KEPT_FOR_EVER = "-1";

    /** Kafka's default limit of timestamps that are ahead. */
    private static final Duration BROKERS_LIMIT = Duration.ofHours(1);

    /** The settings of topics whose timestamps are event times that the ingest has accepted. */
    private static final Map<String, String> ANY_TIMESTAMP = Map.of(
            TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE),
            TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));

    /**
     * The broker refuses a timestamp that is further ahead of its clock than {@code entities.maxAhead}: the producer
     * with the wrong clock then gets the error.
     */
    static TopicPlan observations(DetectorConfig config) {
        Duration maxAhead = config.entities().times().maxAhead();
        Duration most = maxAhead.compareTo(BROKERS_LIMIT) > 0 ? maxAhead : BROKERS_LIMIT;
        return new TopicPlan(
                config.topics().observations(),
                true,
                Map.of(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(most.toMillis())));
    }

    /** The timestamp of a score is its event time, which may be ahead of the broker's clock, or from a long history. */
    static TopicPlan scores(DetectorConfig config) {
        return new TopicPlan(config.topics().scores(), true, sized(RecordSizes.score(config), ANY_TIMESTAMP));
    }

    static TopicPlan rejected(DetectorConfig config) {
        // The batch around the record has its own header.
        int bytes = RecordSizes.rejected(config) + 1024;
        return new TopicPlan(
                config.topics().rejected(),
                false,
                Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Math.max(bytes, 1 << 20))));
    }

    static TopicPlan models(DetectorConfig config) {
        return new TopicPlan(
                config.topics().models(),
                false,
                sized(
                        RecordSizes.release(config),
                        Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
    }

    /** One partition, so that the record of a group comes before those of its members. */
    static TopicPlan incidents(DetectorConfig config) {
        return new TopicPlan(config.topics().incidents(), false, sized(RecordSizes.incident(config), ANY_TIMESTAMP));
    }

    /** The settings, and the size of the topic's records if that is above Kafka's default. */
    private static Map<String, String> sized(int bytes, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        if (bytes > KAFKA_DEFAULT_BYTES) {
            all.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
        }
        return Map.copyOf(all);
    }

    /** One partition, so that the judgements of an incident have one order. People write little: it is kept for ever. */
    static TopicPlan feedback(DetectorConfig config) {
        return new TopicPlan(
                config.topics().feedback(),
                false,
                sized(
                        RecordSizes.feedback(config),
                        Map.of(
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                TopicConfig.CLEANUP_POLICY_DELETE,
                                TopicConfig.RETENTION_MS_CONFIG,
                                KEPT_FOR_EVER)));
    }

    /** Records as those of the incidents topic, with headers. */
    static TopicPlan undelivered(DetectorConfig config) {
        return new TopicPlan(
                config.topics().undelivered(), false, sized(RecordSizes.incident(config) + 4096, Map.of()));
    }

    /** The topics without which the scoring job cannot run. */
    static List<TopicPlan> scoring(DetectorConfig config) {
        return List.of(observations(config), scores(config), rejected(config), models(config), incidents(config));
    }

    /** The topics that an import writes, and the one by which it claims the detector. */
    static List<TopicPlan> importing(DetectorConfig config) {
        return List.of(observations(config), rejected(config), models(config));
    }

    /** All topics of a detector. */
    static List<TopicPlan> all(DetectorConfig config) {
        List<TopicPlan> all = new ArrayList<>(scoring(config));
        all.add(feedback(config));
        all.add(undelivered(config));
        return List.copyOf(all);
    }

    NewTopic newTopic(int partitions, short replication) {
        return new NewTopic(name, isPartitioned ? partitions : 1, replication).configs(settings);
    }

    /** Returns the command that creates the topic. */
    String command(String bootstrapServers, int partitions) {
        return "kafka-topics.sh --bootstrap-server " + bootstrapServers + " --create --topic " + name + " --partitions "
                + (isPartitioned ? partitions : 1)
                + new TreeMap<>(settings)
                        .entrySet().stream()
                                .map(setting -> " --config " + setting.getKey() + "=" + setting.getValue())
                                .collect(Collectors.joining());
    }
}
