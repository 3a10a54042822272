package dev.noether.flink.renewal;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Score;
import dev.noether.schemas.output.OutputCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The committed scores of a detector's topic: what a failure of the scoring job repeats is read once. */
final class CommittedScores implements ScoreFeed {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(100);
    /** The leader has other duties: the rest is read the next time. */
    private static final Duration LONGEST_READ = Duration.ofSeconds(2);

    private final DetectorConfig config;
    private final OutputCodec<Score> codec = OutputCodec.scores();
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;

    /** Does not connect to Kafka yet. */
    CommittedScores(DetectorConfig config) {
        this.config = config;
    }

    @Override
    public void seek(long eventTime) {
        close();
        KafkaConsumer<byte[], byte[]> opened = TopicReader.consumer(config);
        consumer = opened;
        List<TopicPartition> partitions =
                TopicReader.partitions(opened, config.topics().scores());
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, Math.max(0, eventTime)));
        Map<TopicPartition, Long> ends = opened.endOffsets(partitions, TIMEOUT);
        // The timestamp of a score in Kafka is its event time.
        Map<TopicPartition, OffsetAndTimestamp> starts = opened.offsetsForTimes(times, TIMEOUT);
        opened.assign(partitions);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp start = starts.get(partition);
            opened.seek(partition, start == null ? ends.getOrDefault(partition, 0L) : start.offset());
        }
    }

    @Override
    public boolean read(Consumer<Score> receiver) {
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open == null) {
            return true;
        }
        Map<TopicPartition, Long> ends = open.endOffsets(open.assignment(), TIMEOUT);
        long deadline = System.nanoTime() + LONGEST_READ.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> open.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            for (ConsumerRecord<byte[], byte[]> record : open.poll(POLL)) {
                decode(record.value(), receiver);
            }
        }
        return true;
    }

    private void decode(byte @Nullable [] bytes, Consumer<Score> receiver) {
        if (bytes == null) {
            return;
        }
        try {
            Score score = codec.decode(bytes);
            if (score.detector().equals(config.detector())) {
                receiver.accept(score);
            }
        } catch (MalformedRecordException e) {
            // Not a score: another program writes to the topic too.
        }
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close();
            consumer = null;
        }
    }
}
