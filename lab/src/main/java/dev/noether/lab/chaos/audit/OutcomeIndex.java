package dev.noether.lab.chaos.audit;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.Score;
import dev.noether.schemas.UnscoredReason;
import dev.noether.schemas.output.OutputCodec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The committed scores and rejected records of a run, by the position of their observation. Not thread-safe. */
public final class OutcomeIndex {
    /** What is compared of a score. */
    record ScoreValue(byte verdict, byte reason, long modelVersion, double score, double alarm) {}

    private final ScoreValue[][] scores;
    private final int[][] scoreCounts;
    private final int[][] rejectionCounts;
    private long unexpected;

    /**
     * Makes an empty index.
     *
     * @param ends {@code [partitions]}, number of observations
     */
    OutcomeIndex(long... ends) {
        scores = new ScoreValue[ends.length][];
        scoreCounts = new int[ends.length][];
        rejectionCounts = new int[ends.length][];
        for (int partition = 0; partition < ends.length; partition++) {
            int size = Math.toIntExact(ends[partition]);
            scores[partition] = new ScoreValue[size];
            scoreCounts[partition] = new int[size];
            rejectionCounts[partition] = new int[size];
        }
    }

    /** Reads both topics. */
    public static OutcomeIndex read(DetectorConfig config, ObservationIndex observations) {
        OutcomeIndex index = new OutcomeIndex(observations.ends());
        OutputCodec<Score> scoreCodec = OutputCodec.scores();
        TopicReader.readAll(config, config.topics().scores(), record -> index.add(decode(scoreCodec, record)));
        OutputCodec<Rejected> rejectedCodec = OutputCodec.rejected();
        TopicReader.readAll(config, config.topics().rejected(), record -> index.add(decode(rejectedCodec, record)));
        return index;
    }

    /** Outcomes of positions that have no observation. */
    public long unexpected() {
        return unexpected;
    }

    int scores(int partition, int offset) {
        return scoreCounts[partition][offset];
    }

    int rejections(int partition, int offset) {
        return rejectionCounts[partition][offset];
    }

    /** Whether an observation was not scored because it came late. */
    boolean isLate(int partition, int offset) {
        ScoreValue score = scores[partition][offset];
        return score != null && score.reason() == UnscoredReason.LATE.ordinal();
    }

    /** The first score of an observation; null if there is none. */
    @Nullable
    ScoreValue score(int partition, int offset) {
        return scores[partition][offset];
    }

    void add(Score score) {
        int partition = score.sourcePartition();
        if (isUnexpected(partition, score.sourceOffset())) {
            return;
        }
        int offset = (int) score.sourceOffset();
        if (scoreCounts[partition][offset]++ == 0) {
            UnscoredReason reason = score.unscoredReason();
            scores[partition][offset] = new ScoreValue(
                    (byte) score.verdict().ordinal(),
                    (byte) (reason == null ? -1 : reason.ordinal()),
                    score.modelVersion(),
                    score.score(),
                    score.alarm());
        }
    }

    void add(Rejected rejected) {
        if (!isUnexpected(rejected.partition(), rejected.offset())) {
            rejectionCounts[rejected.partition()][(int) rejected.offset()]++;
        }
    }

    private boolean isUnexpected(int partition, long offset) {
        boolean outside =
                partition < 0 || partition >= scores.length || offset < 0 || offset >= scores[partition].length;
        unexpected += outside ? 1 : 0;
        return outside;
    }

    private static <T> T decode(OutputCodec<T> codec, ConsumerRecord<byte[], byte[]> record) {
        try {
            return codec.decode(record.value());
        } catch (MalformedRecordException e) {
            throw new IllegalStateException(
                    record.topic() + "-" + record.partition() + " offset " + record.offset() + " cannot be read: "
                            + e.getMessage(),
                    e);
        }
    }
}
