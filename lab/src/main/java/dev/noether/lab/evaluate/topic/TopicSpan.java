package dev.noether.lab.evaluate.topic;

import dev.noether.cli.console.BadUseException;
import dev.noether.flink.check.RefusalReason;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.ingest.ObservationDeserializer;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.flink.retrain.TopicTail;
import dev.noether.flink.wire.ObservationRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The event times of a backtest, milliseconds since 1970 UTC: the history is [from, split), the test [split, to).
 *
 * @param from first event time of the history
 * @param split first event time of the test
 * @param to first event time after the test
 * @param isReadFromStart whether the topic must be read from its first record on, because its timestamps in Kafka do not
 *     tell where the history begins
 */
public record TopicSpan(long from, long split, long to, boolean isReadFromStart) {
    /** Records that are read at the start of a partition. */
    private static final int PROBE = 15;

    private static final long SLACK_MILLIS = 600_000;
    private static final int FURTHER = 10;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * Chooses the times.
     *
     * @param from first event time; null for {@code retraining.history} and a test of its share before the end, or the
     *     first observation if that is later
     * @param to event time of the end, exclusive; null for the newest observation
     * @param trainShare share of the time that is history, in (0, 1)
     * @throws dev.noether.flink.kafka.TopicException if the topic does not exist, or Kafka does not answer
     * @throws BadUseException if the topic has no observation in the range
     */
    public static TopicSpan of(DetectorConfig config, @Nullable Instant from, @Nullable Instant to, double trainShare) {
        String topic = config.topics().observations();
        TopicCheck.forReading(config, topic);
        TopicTail tail = TopicTail.read(config);
        OptionalLong newest = tail.newest();
        OptionalLong oldest = newest.isPresent() ? oldest(config) : OptionalLong.empty();
        if (newest.isEmpty() || oldest.isEmpty()) {
            throw new BadUseException(RefusalReason.noObservations(config));
        }
        String extent = "the topic " + topic + " has observations from " + Instant.ofEpochMilli(oldest.getAsLong())
                + " to " + Instant.ofEpochMilli(newest.getAsLong());
        long end = to == null ? newest.getAsLong() + 1 : Math.min(to.toEpochMilli(), newest.getAsLong() + 1);
        long usual = (long) (config.retraining().rows().history().toMillis() / trainShare);
        long start = Math.max(oldest.getAsLong(), from == null ? end - usual : from.toEpochMilli());
        if (to != null && end <= oldest.getAsLong()) {
            throw new BadUseException("--to is " + to + ", but " + extent);
        }
        if (from != null && start > newest.getAsLong()) {
            throw new BadUseException("--from is " + from + ", but " + extent);
        }
        if (start >= end) {
            throw new BadUseException("--from must be before --to (got " + from + " and " + to + ")");
        }
        long split = start + (long) (trainShare * (end - start));
        return new TopicSpan(start, split, end, isWithoutKafkaTimes(config, tail, start));
    }

    /** The times in Kafka lead to the history only if they are near the event times, as the retraining job assumes. */
    private static boolean isWithoutKafkaTimes(DetectorConfig config, TopicTail tail, long start) {
        return tail.newestKafkaTime() < start
                || config.entities().times().earliest().toEpochMilli() > start;
    }

    /** The earliest time at the starts of the partitions. */
    private static OptionalLong oldest(DetectorConfig config) {
        try (KafkaConsumer<byte[], byte[]> consumer = TopicReader.consumer(config)) {
            List<TopicPartition> partitions =
                    TopicReader.partitions(consumer, config.topics().observations());
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            ends.replaceAll((partition, end) -> Math.min(end, begins.getOrDefault(partition, 0L) + PROBE));
            consumer.assign(partitions);
            begins.forEach(consumer::seek);
            ObservationDeserializer deserializer = ObservationDeserializer.waiting(config, PATIENCE);
            Map<Integer, long[]> times = new HashMap<>();
            TopicReader.readUntil(consumer, ends, record -> {
                long[] known = times.getOrDefault(record.partition(), new long[0]);
                if (known.length < PROBE && deserializer.ingest(record) instanceof ObservationRow row) {
                    long[] more = Arrays.copyOf(known, known.length + 1);
                    more[known.length] = row.eventTime();
                    times.put(record.partition(), more);
                }
            });
            return times.values().stream().mapToLong(TopicSpan::earliest).min();
        }
    }

    /**
     * The earliest time that is not much further before the median than the latest is behind it: a wrong clock is years
     * behind.
     */
    static long earliest(long[] times) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        long median = sorted[sorted.length / 2];
        long reach = SLACK_MILLIS + FURTHER * (sorted[sorted.length - 1] - median);
        return Arrays.stream(sorted)
                .filter(time -> time >= median - reach)
                .findFirst()
                .orElse(median);
    }

    /** The length of the test. */
    public Duration test() {
        return Duration.ofMillis(to - split);
    }

    @Override
    public String toString() {
        return "history " + Instant.ofEpochMilli(from) + " to " + Instant.ofEpochMilli(split) + ", test to "
                + Instant.ofEpochMilli(to);
    }
}
