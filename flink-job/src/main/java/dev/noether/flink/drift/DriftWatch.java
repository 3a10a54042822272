package dev.noether.flink.drift;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.RecordSearch;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.Score;
import dev.noether.schemas.output.OutputCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a drift in the scores topic: it reads a bounded sample of each part of the last period, and of the first
 * hours of the model in force. Not thread safe.
 */
public final class DriftWatch {
    /** The most records that are read of one part of one partition. */
    private static final int SAMPLE = 3_000;

    /** Records of each partition that tell the time that scoring has reached. */
    private static final int NEWEST = 200;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final DetectorConfig config;
    private final long partMillis;

    /**
     * Makes a watch.
     *
     * @param period time for which a change must last, in event time
     */
    public DriftWatch(DetectorConfig config, Duration period) {
        this.config = config;
        this.partMillis = Math.max(1, period.toMillis() / DriftJudge.PARTS);
    }

    /**
     * Judges the scores of the last period.
     *
     * @param inForce the model in force
     * @throws org.apache.kafka.common.KafkaException if the topic cannot be read
     */
    public DriftFinding look(ModelRelease inForce) {
        Long newest = newestScored();
        if (newest == null) {
            return DriftFinding.unknown("there are no scores");
        }
        long from = newest + 1 - DriftJudge.PARTS * partMillis;
        long reference = inForce.effectiveFrom();
        if (from < reference + partMillis) {
            return DriftFinding.unknown("model " + inForce.version() + " has not scored for " + (DriftJudge.PARTS + 1)
                    + " times " + Duration.ofMillis(partMillis) + " yet");
        }
        DriftJudge judge = new DriftJudge();
        for (int part = 0; part < DriftJudge.PARTS; part++) {
            sample(judge, part, from + part * partMillis, inForce);
        }
        sample(judge, DriftJudge.REFERENCE, reference, inForce);
        return judge.judge();
    }

    /**
     * The median time of the newest scores: few wrong clocks do not move it. Null without scores.
     */
    private @Nullable Long newestScored() {
        LongStream.Builder times = LongStream.builder();
        OutputCodec<Score> codec = OutputCodec.scores();
        TopicReader.readLast(config, config.topics().scores(), NEWEST, record -> {
            Score score = decode(codec, record);
            if (score != null) {
                times.add(score.eventTime());
            }
        });
        long[] sorted = times.build().sorted().toArray();
        return sorted.length == 0 ? null : sorted[sorted.length / 2];
    }

    /** Adds the first scores of a part of the time; the timestamp of a score in Kafka is its event time. */
    private void sample(DriftJudge judge, int part, long from, ModelRelease inForce) {
        try (KafkaConsumer<byte[], byte[]> consumer = TopicReader.consumer(config)) {
            List<TopicPartition> partitions =
                    TopicReader.partitions(consumer, config.topics().scores());
            Map<TopicPartition, Long> times = new HashMap<>();
            partitions.forEach(partition -> times.put(partition, from));
            Map<TopicPartition, OffsetAndTimestamp> starts = consumer.offsetsForTimes(times, TIMEOUT);
            Map<TopicPartition, Long> ends = new HashMap<>();
            Map<TopicPartition, Long> firsts = new HashMap<>();
            consumer.endOffsets(partitions, TIMEOUT).forEach((partition, end) -> {
                OffsetAndTimestamp start = starts.get(partition);
                long first = start == null ? end : RecordSearch.near(consumer, partition, start.offset(), end, from);
                firsts.put(partition, first);
                ends.put(partition, Math.min(end, first + RecordSearch.NEAR + SAMPLE));
            });
            consumer.assign(partitions);
            firsts.forEach(consumer::seek);
            OutputCodec<Score> codec = OutputCodec.scores();
            for (ConsumerRecord<byte[], byte[]> record : TopicReader.until(consumer, ends)) {
                Score score = decode(codec, record);
                if (score != null && isOf(score, from, inForce)) {
                    judge.add(part, score);
                }
            }
        }
    }

    private boolean isOf(Score score, long from, ModelRelease inForce) {
        return score.eventTime() >= from
                && score.eventTime() < from + partMillis
                && (score.modelVersion() == inForce.version() || score.modelVersion() == Score.NO_MODEL);
    }

    private static @Nullable Score decode(OutputCodec<Score> codec, ConsumerRecord<byte[], byte[]> record) {
        try {
            return codec.decode(record.value());
        } catch (MalformedRecordException foreign) {
            return null;
        }
    }
}
