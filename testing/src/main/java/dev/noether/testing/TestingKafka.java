package dev.noether.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A client that writes to and reads from a broker in a test. */
public final class TestingKafka {
    private static final int LARGEST = 16 << 20;
    private static final int ANSWER_MILLIS = 30_000;

    private TestingKafka() {}

    /** The position of a record in its topic. */
    public record Place(int partition, long offset) {}

    /** Sends records in order and returns the position of each. */
    public static List<Place> send(String bootstrapServers, List<ProducerRecord<byte[], byte[]>> records)
            throws Exception {
        List<Place> places = new ArrayList<>();
        try {
            send(bootstrapServers, records, true, places);
        } catch (ExecutionException e) {
            // Seen a few times on a busy machine: a producer of a new broker gets no answer, however long it waits. The
            // cause is not known. No test is about it, so the records are sent by another producer.
            if (!places.isEmpty() || !(e.getCause() instanceof TimeoutException)) {
                throw e;
            }
            System.out.println(
                    "No record was answered within " + ANSWER_MILLIS + " ms, sending again: " + e.getCause());
            send(bootstrapServers, records, false, places);
        }
        return places;
    }

    private static void send(
            String bootstrapServers,
            List<ProducerRecord<byte[], byte[]>> records,
            boolean isIdempotent,
            List<Place> places)
            throws Exception {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                LARGEST,
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                isIdempotent,
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                1,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                ANSWER_MILLIS - 1,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                ANSWER_MILLIS);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            records.forEach(record -> sent.add(producer.send(record)));
            for (Future<RecordMetadata> one : sent) {
                places.add(new Place(one.get().partition(), one.get().offset()));
            }
        }
    }

    /** Makes a consumer of the committed records of a topic, from the first one on. */
    public static KafkaConsumer<byte[], byte[]> committed(String bootstrapServers, String topic) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                LARGEST);
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    /** Reads all committed records that a topic has now. */
    public static List<ConsumerRecord<byte[], byte[]>> readAll(String bootstrapServers, String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = committed(bootstrapServers, topic)) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}
