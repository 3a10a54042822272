package dev.noether.flink.config;

import java.io.Serializable;

/**
 * The streams of a detector: what its jobs read and write.
 *
 * @param kafka connection to Kafka
 * @param topics names of the topics
 * @param source how a record becomes an observation
 * @param registry the schema registry
 * @param entities rules for the observations of an entity
 * @param output amount of detail and sizes of the records
 */
public record StreamOptions(
        KafkaConfig kafka,
        TopicNames topics,
        SourceOptions source,
        RegistryOptions registry,
        EntityOptions entities,
        OutputOptions output)
        implements Serializable {
    public StreamOptions {
        source.checkAgainst(registry);
        source.checkAgainst(topics);
    }

    static StreamOptions of(OptionValues values) {
        return new StreamOptions(
                KafkaConfig.of(values),
                TopicNames.of(values),
                SourceOptions.of(values),
                RegistryOptions.of(values),
                EntityOptions.of(values),
                OutputOptions.of(values));
    }
}
