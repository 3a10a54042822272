package dev.noether.flink.assembly;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.ImportOptions;
import dev.noether.flink.wire.MetricResult;
import java.time.Duration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Makes the Kafka source of an import. */
public final class ImportSource {
    /** How soon new topics and partitions are found. */
    public static final Duration DISCOVERY = Duration.ofSeconds(30);

    private ImportSource() {}

    /**
     * Makes a source that never ends and begins with the oldest record of each partition. It commits its offsets at each
     * checkpoint, so that the consumer group {@code noether-<detector>-import} shows the lag.
     *
     * @param discovery time between two looks for new topics and partitions
     */
    public static ClockedSource streaming(DetectorConfig config, Duration discovery) {
        MetricDeserializer deserializer = new MetricDeserializer(config);
        return new ClockedSource(
                builder(config, deserializer)
                        .setProperty(
                                KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
                                Long.toString(discovery.toMillis()))
                        .build(),
                deserializer);
    }

    /** Makes a source that ends with the last record that the topics have at the start of the job. */
    public static ClockedSource bounded(DetectorConfig config) {
        MetricDeserializer deserializer = new MetricDeserializer(config);
        return new ClockedSource(
                builder(config, deserializer)
                        .setBounded(OffsetsInitializer.latest())
                        .setProperty(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "false")
                        .build(),
                deserializer);
    }

    /** Returns the consumer group of the import. */
    public static String group(DetectorConfig config) {
        return "noether-" + config.detector() + "-import";
    }

    private static KafkaSourceBuilder<MetricResult> builder(DetectorConfig config, MetricDeserializer deserializer) {
        ImportOptions imported = config.source().imported();
        KafkaSourceBuilder<MetricResult> builder = KafkaSource.builder();
        // A pattern needs the right to see all topics of the cluster.
        if (imported.topicPattern().isEmpty()) {
            builder.setTopics(imported.topics());
        } else {
            builder.setTopicPattern(imported.topicFilter());
        }
        return builder.setProperties(config.kafka().jobProperties())
                .setBootstrapServers(config.kafka().bootstrapServers())
                .setGroupId(group(config))
                .setClientIdPrefix(group(config))
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(deserializer);
    }
}
