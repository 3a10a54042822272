package dev.noether.flink.retrain;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.ingest.ObservationDeserializer;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.flink.wire.RejectedRecord;
import dev.noether.schemas.RejectionReason;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The newest observations of a detector: the last records of each partition. A record that the scoring job would reject
 * is no observation.
 *
 * @param newest newest event time, without those that only a wrong clock has reached; empty without an observation
 * @param newestKafkaTime newest timestamp in Kafka of an observation; -1 if none has one
 * @param observations number of observations
 * @param impossibleTimes number of records with an impossible event time
 * @param problem why the first of these times is impossible; empty if there is none
 */
public record TopicTail(
        OptionalLong newest, long newestKafkaTime, int observations, int impossibleTimes, String problem) {
    /**
     * Number of records to read from each partition: enough for each of some hundred entities, so that their clocks can
     * be compared, and for records at the end that are damaged or out of order.
     */
    private static final int RECORDS = 1_000;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Reads the last records of each partition. */
    public static TopicTail read(DetectorConfig config) {
        try (KafkaConsumer<byte[], byte[]> consumer = TopicReader.consumer(config)) {
            List<TopicPartition> partitions =
                    TopicReader.partitions(consumer, config.topics().observations());
            Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, TIMEOUT);
            Map<TopicPartition, Long> end = new HashMap<>(consumer.endOffsets(partitions, TIMEOUT));
            consumer.assign(partitions);
            for (TopicPartition partition : partitions) {
                long from = Math.max(first.getOrDefault(partition, 0L), end.getOrDefault(partition, 0L) - RECORDS);
                consumer.seek(partition, from);
            }
            return of(TopicReader.until(consumer, end), ObservationDeserializer.waiting(config, PATIENCE));
        }
    }

    /** Returns the newest event time of {@link #read}. */
    public static OptionalLong newestEventTime(DetectorConfig config) {
        return read(config).newest();
    }

    private static TopicTail of(List<ConsumerRecord<byte[], byte[]>> records, ObservationDeserializer deserializer) {
        ConfirmedNewest newest = new ConfirmedNewest();
        long kafkaTime = -1;
        int observations = 0;
        int impossible = 0;
        String problem = "";
        for (ConsumerRecord<byte[], byte[]> record : records) {
            IngestResult result = deserializer.ingest(record);
            if (result instanceof ObservationRow row) {
                observations++;
                newest.add(row.entity(), row.eventTime());
                kafkaTime = Math.max(kafkaTime, record.timestamp());
            } else if (result instanceof RejectedRecord rejection
                    && rejection.rejected().reason() == RejectionReason.IMPOSSIBLE_TIME) {
                problem = impossible == 0 ? rejection.rejected().error() : problem;
                impossible++;
            }
        }
        return new TopicTail(newest.time(), kafkaTime, observations, impossible, problem);
    }

    /** Whether most of the records have an impossible event time. */
    public boolean isMostlyImpossible() {
        return impossibleTimes > observations;
    }
}
