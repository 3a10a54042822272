package dev.noether.flink.ingest;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.wire.IngestResult;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Makes the Kafka source of a detector's observations. */
public final class IngestSource {
    private static final String DISCOVERY = KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key();
    /** Default time until new partitions are found: short, because an entity may move to one of them. */
    private static final String DISCOVERY_MILLIS = "10000";

    private IngestSource() {}

    /**
     * Makes a source that never ends and finds new partitions within ten seconds, or within the time of
     * {@code kafka.properties}; it reads them from their first record on. It commits its offsets at each checkpoint, so
     * that the consumer group {@code noether-<detector>} shows the lag.
     */
    public static KafkaSource<IngestResult> streaming(DetectorConfig config, StartingPoint start) {
        return builder(config, group(config), start)
                .setProperty(DISCOVERY, config.kafka().clientProperties().getProperty(DISCOVERY, DISCOVERY_MILLIS))
                .build();
    }

    /**
     * Makes a source that ends with the last record that the topic has at the start of the job. It commits no offsets.
     */
    public static KafkaSource<IngestResult> bounded(DetectorConfig config, StartingPoint start) {
        return builder(config, group(config) + "-retraining", start)
                .setBounded(OffsetsInitializer.latest())
                .setProperty(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "false")
                .build();
    }

    /** Returns the consumer group of the scoring job. */
    public static String group(DetectorConfig config) {
        return "noether-" + config.detector();
    }

    private static KafkaSourceBuilder<IngestResult> builder(DetectorConfig config, String group, StartingPoint start) {
        return KafkaSource.<IngestResult>builder()
                .setProperties(config.kafka().jobProperties())
                .setBootstrapServers(config.kafka().bootstrapServers())
                .setTopics(config.topics().observations())
                .setGroupId(group)
                .setClientIdPrefix(group)
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .setStartingOffsets(start.offsets())
                .setDeserializer(new ObservationDeserializer(config));
    }
}
