package dev.noether.console.follow;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A part of one partition that is read on demand, while somebody waits: at most so many records, for at most a few
 * seconds. Immutable; thread safe.
 *
 * @param topic name of the topic
 * @param partition number of the partition
 * @param from first offset
 * @param to first offset after it
 */
public record TopicRange(String topic, int partition, long from, long to) {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final long MOST_RECORDS = 100_000;

    /**
     * Reads the records.
     *
     * @param receiver receiver of each record
     * @return why not all were read, one sentence; null if all were
     */
    public @Nullable String read(DetectorConfig config, Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
        if (to - from > MOST_RECORDS) {
            return "Between the first and the last row lie " + (to - from) + " records of the topic " + topic
                    + ", more than the " + MOST_RECORDS + " that are read on demand; choose a shorter range.";
        }
        long deadline = System.nanoTime() + LONGEST.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer = TopicReader.consumer(config)) {
            TopicPartition place = new TopicPartition(topic, partition);
            long begin = consumer.beginningOffsets(List.of(place), LONGEST).getOrDefault(place, 0L);
            long end = Math.min(to, consumer.endOffsets(List.of(place), LONGEST).getOrDefault(place, 0L));
            if (begin >= end) {
                return "The topic " + topic + " no longer has these rows.";
            }
            consumer.assign(List.of(place));
            consumer.seek(place, Math.max(from, begin));
            while (consumer.position(place) < end) {
                if (System.nanoTime() - deadline > 0) {
                    return "Reading the topic " + topic + " took too long; not all rows are shown.";
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < end) {
                        receiver.accept(record);
                    }
                }
            }
            return begin > from ? "The topic " + topic + " no longer has the first rows of this range." : null;
        } catch (KafkaException e) {
            return "The topic " + topic + " cannot be read now: " + e.getMessage() + ".";
        }
    }
}
