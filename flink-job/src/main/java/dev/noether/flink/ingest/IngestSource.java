package dev.noether.flink.ingest;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.wire.Ingested;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Makes the Kafka source of a detector's observations. */
public final class IngestSource {
    private static final String DISCOVERY_MILLIS = "60000";

    private IngestSource() {}

    /**
     * A source that never ends and finds new partitions within a minute. It commits its offsets at each checkpoint, for
     * who looks at the consumer group {@code noether-<detector>}.
     */
    public static KafkaSource<Ingested> streaming(DetectorConfig config, StartingPoint start) {
        return builder(config, group(config), start)
                .setProperty(KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), DISCOVERY_MILLIS)
                .build();
    }

    /** A source that ends with the last record that Kafka has when the job starts. It commits no offsets. */
    public static KafkaSource<Ingested> bounded(DetectorConfig config, StartingPoint start) {
        return builder(config, group(config) + "-retraining", start)
                .setBounded(OffsetsInitializer.latest())
                .setProperty(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "false")
                .build();
    }

    /** The consumer group of the scoring job. */
    public static String group(DetectorConfig config) {
        return "noether-" + config.detector();
    }

    private static KafkaSourceBuilder<Ingested> builder(DetectorConfig config, String group, StartingPoint start) {
        return KafkaSource.<Ingested>builder()
                .setProperties(config.kafka().clientProperties())
                .setBootstrapServers(config.kafka().bootstrapServers())
                .setTopics(config.topics().observations())
                .setGroupId(group)
                .setClientIdPrefix(group)
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .setStartingOffsets(start.offsets())
                .setDeserializer(new ObservationDeserializer(config));
    }
}
