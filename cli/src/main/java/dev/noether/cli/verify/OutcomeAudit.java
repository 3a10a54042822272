package dev.noether.cli.verify;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import dev.noether.schemas.output.OutputCodec;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the topics of scores and rejected records from the beginning and checks that every observation in Kafka has
 * exactly one outcome. The observations of earlier runs are included.
 */
public final class OutcomeAudit {
    private final Coverage coverage;
    private final Map<String, Long> unscoredReasons = new TreeMap<>();
    private final Map<Long, Long> scoresByModelVersion = new TreeMap<>();
    private long scores;
    private long anomalous;
    private long rejected;

    /** @param observations {@code [partitions]}, number of observations in each partition */
    OutcomeAudit(long... observations) {
        this.coverage = new Coverage(observations);
    }

    /**
     * The counts of an audit.
     *
     * @param observations observations in the topic
     * @param scores score records, including those without a score value
     * @param anomalous scores above the alarm threshold
     * @param unscoredReasons score records without a score value, by reason
     * @param rejected rejected records
     * @param missing observations without an outcome
     * @param duplicated outcomes beyond the first one of an observation
     * @param unexpected outcomes without an observation
     * @param scoresByModelVersion scores by the version of the model that made them
     */
    public record Result(
            long observations,
            long scores,
            long anomalous,
            Map<String, Long> unscoredReasons,
            long rejected,
            long missing,
            long duplicated,
            long unexpected,
            Map<Long, Long> scoresByModelVersion) {
        /** Score records without a score value. */
        public long unscored() {
            return unscoredReasons.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * Reads the topics and counts.
     *
     * @param config configuration of the detector
     * @param scores receiver of each score record
     * @throws IllegalStateException if a record cannot be decoded
     */
    public static Result run(DetectorConfig config, Consumer<Score> scores) {
        OutcomeAudit audit =
                new OutcomeAudit(TopicReader.endOffsets(config, config.topics().observations()));
        OutputCodec<Score> scoreCodec = OutputCodec.scores();
        TopicReader.readAll(config, config.topics().scores(), record -> {
            Score score = decode(scoreCodec, record);
            audit.add(score);
            scores.accept(score);
        });
        OutputCodec<Rejected> rejectedCodec = OutputCodec.rejected();
        TopicReader.readAll(config, config.topics().rejected(), record -> audit.add(decode(rejectedCodec, record)));
        return audit.result();
    }

    /** The number of observations in Kafka now. */
    public static long observations(DetectorConfig config) {
        return Arrays.stream(TopicReader.endOffsets(config, config.topics().observations()))
                .sum();
    }

    void add(Score score) {
        coverage.add(score.sourcePartition(), score.sourceOffset());
        scores++;
        if (score.verdict() == Verdict.UNSCORED) {
            unscoredReasons.merge(String.valueOf(score.unscoredReason()), 1L, Long::sum);
        } else {
            scoresByModelVersion.merge(score.modelVersion(), 1L, Long::sum);
            anomalous += score.verdict() == Verdict.ANOMALOUS ? 1 : 0;
        }
    }

    void add(Rejected record) {
        coverage.add(record.partition(), record.offset());
        rejected++;
    }

    Result result() {
        return new Result(
                coverage.expected(),
                scores,
                anomalous,
                Map.copyOf(unscoredReasons),
                rejected,
                coverage.missing(),
                coverage.duplicated(),
                coverage.unexpected(),
                new TreeMap<>(scoresByModelVersion));
    }

    private static <T> T decode(OutputCodec<T> codec, ConsumerRecord<byte[], byte[]> record) {
        try {
            return codec.decode(record.value());
        } catch (MalformedRecordException exception) {
            throw new IllegalStateException(
                    record.topic() + " partition " + record.partition() + " offset " + record.offset()
                            + " cannot be read: " + exception.getMessage(),
                    exception);
        }
    }
}
