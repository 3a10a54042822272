package dev.noether.console.follow;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads parts of topics on demand, while somebody waits: at most so many records, for at most a few seconds. Keeps few
 * consumers between the calls, because connecting takes longer than reading. Thread safe.
 */
public final class RangeReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final long MOST_RECORDS = 100_000;
    private static final int CONSUMERS = 2;

    private final DetectorConfig config;
    private final BlockingQueue<KafkaConsumer<byte[], byte[]>> idle = new ArrayBlockingQueue<>(CONSUMERS);
    private volatile boolean isClosed;

    /** Makes a reader of a detector's topics. Does not connect to Kafka yet. */
    public RangeReader(DetectorConfig config) {
        this.config = config;
    }

    /**
     * Reads the records of a range.
     *
     * @param receiver receiver of each record
     * @return why not all were read, one sentence; null if all were
     */
    public @Nullable String read(TopicRange range, Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
        if (range.to() - range.from() > MOST_RECORDS) {
            return "Between the first and the last row lie " + (range.to() - range.from()) + " records of the topic "
                    + range.topic() + ", more than the " + MOST_RECORDS
                    + " that are read on demand; choose a shorter range.";
        }
        KafkaConsumer<byte[], byte[]> kept = idle.poll();
        KafkaConsumer<byte[], byte[]> consumer = kept == null ? TopicReader.consumer(config) : kept;
        boolean isGood = false;
        try {
            String message = read(consumer, range, receiver);
            isGood = true;
            return message;
        } catch (KafkaException e) {
            return "The topic " + range.topic() + " cannot be read now: " + e.getMessage() + ".";
        } finally {
            if (!isGood || isClosed || !idle.offer(consumer)) {
                consumer.close(Duration.ZERO);
            }
        }
    }

    private static @Nullable String read(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicRange range,
            Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        TopicPartition place = new TopicPartition(range.topic(), range.partition());
        long begin = consumer.beginningOffsets(List.of(place), LONGEST).getOrDefault(place, 0L);
        long end = Math.min(
                range.to(), consumer.endOffsets(List.of(place), LONGEST).getOrDefault(place, 0L));
        if (begin >= end) {
            return "The topic " + range.topic() + " no longer has these rows.";
        }
        consumer.assign(List.of(place));
        consumer.seek(place, Math.max(range.from(), begin));
        while (consumer.position(place) < end) {
            if (System.nanoTime() - deadline > 0) {
                return "Reading the topic " + range.topic() + " took too long; not all rows are shown.";
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < end) {
                    receiver.accept(record);
                }
            }
        }
        return begin > range.from()
                ? "The topic " + range.topic() + " no longer has the first rows of this range."
                : null;
    }

    @Override
    public void close() {
        isClosed = true;
        for (KafkaConsumer<byte[], byte[]> one = idle.poll(); one != null; one = idle.poll()) {
            one.close(Duration.ZERO);
        }
    }
}
