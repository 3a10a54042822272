package dev.noether.flink.config;

import java.io.Serializable;

/**
 * The streams of a detector: what its jobs read and write.
 *
 * @param kafka connection to Kafka
 * @param topics names of the topics
 * @param entities rules for the observations of an entity
 * @param output amount of detail and sizes of the records
 */
public record StreamOptions(KafkaConfig kafka, TopicNames topics, EntityOptions entities, OutputOptions output)
        implements Serializable {
    static StreamOptions of(OptionValues values) {
        return new StreamOptions(
                KafkaConfig.of(values), TopicNames.of(values), EntityOptions.of(values), OutputOptions.of(values));
    }
}
