package dev.noether.flink.deployment;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic as its consumers must, read_committed from the start, and counts how often each value came. */
final class CommittedRecords implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Function<byte[], String> identity;
    private final Map<String, Integer> counts = new HashMap<>();

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

    /** Reads until so many different values have come; returns how many have when the time is over. */
    int readUntil(int distinct, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (counts.size() < distinct && System.nanoTime() < deadline) {
            poll();
        }
        return counts.size();
    }

    /** The same, for a test that cannot go on without them; a failure shows what a process said. */
    void await(int distinct, Duration timeout, ChildProcess process) {
        int read = readUntil(distinct, timeout);
        if (read < distinct) {
            throw process.failure("leaves " + (distinct - read) + " of " + distinct + " records without a score");
        }
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
