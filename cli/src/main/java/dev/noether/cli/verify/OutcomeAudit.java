package dev.noether.cli.verify;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RecordCodec;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectedCodec;
import dev.noether.schemas.Score;
import dev.noether.schemas.ScoreCodec;
import dev.noether.schemas.Verdict;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The count at the end: both outcome topics are read from beginning to end, and each observation that the observations topic
 * holds, whichever run sent it, must be among them once.
 */
public final class OutcomeAudit {
    private final Coverage coverage;
    private final Map<String, Long> unscoredReasons = new TreeMap<>();
    private final Map<Long, Long> scoresByModelVersion = new TreeMap<>();
    private long scores;
    private long anomalous;
    private long rejected;

    /** @param observations {@code [partitions]}, how many observations each partition holds */
    OutcomeAudit(long... observations) {
        this.coverage = new Coverage(observations);
    }

    /**
     * What was counted.
     *
     * @param observations that the topic holds
     * @param scores all of them, those of rows without a score included
     * @param anomalous scores above their threshold
     * @param unscoredReasons rows without a score by the reason
     * @param rejected rejected records
     * @param missing observations without any outcome
     * @param duplicated further outcomes of an observation that has one
     * @param unexpected outcomes of observations that the topic does not hold
     * @param scoresByModelVersion scores by the model that made them
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
        /** Rows without a score. */
        public long unscored() {
            return unscoredReasons.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * Reads the topics.
     *
     * @param scores is handed each score
     */
    public static Result run(DetectorConfig config, Consumer<Score> scores) {
        OutcomeAudit audit =
                new OutcomeAudit(TopicReader.endOffsets(config, config.topics().observations()));
        ScoreCodec scoreCodec = new ScoreCodec();
        TopicReader.readAll(config, config.topics().scores(), record -> {
            Score score = decode(scoreCodec, record);
            audit.add(score);
            scores.accept(score);
        });
        RejectedCodec rejectedCodec = new RejectedCodec();
        TopicReader.readAll(config, config.topics().rejected(), record -> audit.add(decode(rejectedCodec, record)));
        return audit.result();
    }

    /** How many observations there are now, each of which must have an outcome. */
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

    private static <T> T decode(RecordCodec<T> codec, ConsumerRecord<byte[], byte[]> record) {
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
