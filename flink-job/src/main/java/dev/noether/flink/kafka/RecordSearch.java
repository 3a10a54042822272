package dev.noether.flink.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Finds the first record of a time in a partition whose times rise with few exceptions.
 *
 * <p>Kafka's own search, {@code offsetsForTimes}, also finds the markers at the ends of transactions, and these have
 * the time of the broker's clock. It finds a place that is too early: by what is written between two commits, or, in a
 * topic whose times are behind the clock as in a replay, at the first commit of all. The search goes on from there.
 * Stateless; thread safe.
 */
public final class RecordSearch {
    /** The most records between the place that is found and the first record of the time. */
    public static final int NEAR = 500;

    /** The median time of so many records counts: single wrong clocks do not mislead the search. */
    private static final int PROBE = 15;

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private RecordSearch() {}

    /**
     * Searches.
     *
     * @param consumer consumer without other use; the partitions assigned to it change
     * @param from offset at which Kafka's own search ended
     * @param end end of the partition
     * @param time timestamp in Kafka, milliseconds since 1970 UTC
     * @return an offset at most {@value #NEAR} before the first record that is not older
     */
    public static long near(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long from, long end, long time) {
        consumer.assign(List.of(partition));
        if (from >= end || !isOlder(consumer, partition, from, end, time)) {
            return from;
        }
        long low = from;
        long step = NEAR;
        while (low + step < end && isOlder(consumer, partition, low + step, end, time)) {
            low += step;
            step *= 2;
        }
        long high = Math.min(end, low + step);
        while (high - low > NEAR) {
            long middle = (low + high) >>> 1;
            if (isOlder(consumer, partition, middle, end, time)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Whether most of the next records are older than a time. */
    private static boolean isOlder(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long offset, long end, long time) {
        consumer.seek(partition, offset);
        List<Long> times = new ArrayList<>();
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (times.size() < PROBE && consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                times.add(record.timestamp());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("the broker sent no records for " + TIMEOUT.toSeconds() + " s");
            }
        }
        List<Long> first = times.stream().limit(PROBE).sorted().toList();
        return !first.isEmpty() && first.get(first.size() / 2) < time;
    }
}
