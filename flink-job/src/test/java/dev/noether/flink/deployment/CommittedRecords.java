package dev.noether.flink.deployment;

import dev.noether.testing.TestingKafka;
import dev.noether.testing.deployment.ChildProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** The committed records of a topic from its beginning, with the number of times that each value was read. */
final class CommittedRecords implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Function<byte[], String> identity;
    private final Map<String, Integer> counts = new HashMap<>();

    /**
     * Makes a reader that has read nothing yet.
     *
     * @param bootstrapServers address of the broker
     * @param topic name of the topic
     * @param identity function from a value to the key under which it is counted
     */
    CommittedRecords(String bootstrapServers, String topic, Function<byte[], String> identity) {
        this.identity = identity;
        consumer = TestingKafka.committed(bootstrapServers, topic);
    }

    /**
     * Reads until a number of different values are there or the time is over; returns the number of different values.
     */
    int readUntil(int distinct, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (counts.size() < distinct && System.nanoTime() < deadline) {
            poll();
        }
        return counts.size();
    }

    /** Reads the same, and fails with the output of a process if values are missing at the end of the time. */
    void await(int distinct, Duration timeout, ChildProcess process) {
        int read = readUntil(distinct, timeout);
        if (read < distinct) {
            throw process.failure("leaves " + (distinct - read) + " of " + distinct + " records without a score");
        }
    }

    /** Reads for a while, to find values that are written twice. */
    void readFor(Duration duration) {
        long deadline = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < deadline) {
            poll();
        }
    }

    Map<String, Integer> counts() {
        return counts;
    }

    /** Returns the values that were read more than once, with their counts. */
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
