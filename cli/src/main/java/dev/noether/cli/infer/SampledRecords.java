package dev.noether.cli.infer;

import dev.noether.cli.console.BadUseException;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The newest records of a topic.
 *
 * @param records records that have a value, by partition and offset
 * @param tombstones number of records without a value
 * @param inTopic upper bound of the number of records in the topic
 */
record SampledRecords(List<ConsumerRecord<byte[], byte[]>> records, int tombstones, long inTopic) {
    private static final long MAX_BYTES = 64L << 20;
    /** How long Kafka may take for one answer: a broker that has much to do, or just starts, needs more than some seconds. */
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    /**
     * Reads records.
     *
     * @param config connection to Kafka
     * @param most number of records at most
     * @throws BadUseException if the topic does not exist
     */
    static SampledRecords read(DetectorConfig config, String topic, int most) {
        try (KafkaConsumer<byte[], byte[]> consumer = TopicReader.consumer(config)) {
            if (!consumer.listTopics(TIMEOUT).containsKey(topic)) {
                throw new BadUseException("there is no topic " + topic + " at "
                        + config.kafka().bootstrapServers() + "; there are "
                        + consumer.listTopics(TIMEOUT).keySet().stream()
                                .filter(name -> !name.startsWith("__"))
                                .sorted()
                                .limit(20)
                                .toList());
            }
            List<TopicPartition> partitions = consumer.partitionsFor(topic, TIMEOUT).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, TIMEOUT);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions, TIMEOUT);
            long all = 0;
            long each = Math.max(1, most / partitions.size());
            Map<TopicPartition, Long> to = new HashMap<>();
            for (TopicPartition partition : partitions) {
                long from = first.getOrDefault(partition, 0L);
                long last = end.getOrDefault(partition, 0L);
                all += last - from;
                to.put(partition, last);
                consumer.seek(partition, Math.max(from, last - each));
            }
            return collect(consumer, to, all);
        }
    }

    private static SampledRecords collect(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> to, long all) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        int tombstones = 0;
        long bytes = 0;
        for (ConsumerRecord<byte[], byte[]> record : TopicReader.until(consumer, to, TIMEOUT)) {
            if (record.value() == null || record.value().length == 0) {
                tombstones++;
                continue;
            }
            bytes += record.value().length;
            if (bytes > MAX_BYTES) {
                break;
            }
            records.add(record);
        }
        return new SampledRecords(records, tombstones, all);
    }
}
