package dev.noether.flink.deployment;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Reads a topic as its consumers must, read_committed from the start, and counts how often each value came. */
final class CommittedRecords implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Function<byte[], String> identity;
    private final Map<String, Integer> counts = new HashMap<>();

    /** Reads a topic whose values are text. */
    CommittedRecords(String bootstrapServers, String topic) {
        this(bootstrapServers, topic, value -> new String(value, StandardCharsets.UTF_8));
    }

    /** Reads a topic whose values are told apart by a function. */
    CommittedRecords(String bootstrapServers, String topic, Function<byte[], String> identity) {
        this.identity = identity;
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", bootstrapServers);
        properties.setProperty("isolation.level", "read_committed");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Writes the decimal numbers from first to last, each its own record, and waits until Kafka has them. */
    static void writeNumbers(String bootstrapServers, String topic, int first, int last) {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", bootstrapServers);
        properties.setProperty("acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            IntStream.rangeClosed(first, last)
                    .forEach(number -> producer.send(new ProducerRecord<>(topic, Integer.toString(number))));
        }
    }

    /** Reads until so many different values have come; returns how many have when the time is over. */
    int readUntil(int distinct, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (counts.size() < distinct && System.nanoTime() < deadline) {
            poll();
        }
        return counts.size();
    }

    /** Reads on for a while, for what may come twice. */
    void readFor(Duration duration) {
        long deadline = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < deadline) {
            poll();
        }
    }

    Map<String, Integer> counts() {
        return counts;
    }

    /** The values that came more than once, with how often. */
    Map<String, Integer> doubled() {
        Map<String, Integer> doubled = new HashMap<>(counts);
        doubled.values().removeIf(count -> count == 1);
        return doubled;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void poll() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            counts.merge(identity.apply(record.value()), 1, Integer::sum);
        }
    }
}
