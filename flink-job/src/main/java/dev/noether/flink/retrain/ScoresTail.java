package dev.noether.flink.retrain;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Score;
import dev.noether.schemas.output.OutputCodec;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How far scoring has come: the event times of the last records of each partition of the scores topic, also of those
 * that are not committed yet. A change of models takes effect after them, so that a replay scores each row with the
 * same model. Event times that only a wrong clock has reached do not count. Stateless; thread safe.
 */
public final class ScoresTail {
    /** Number of offsets to read from each partition; see {@link TopicTail}. */
    private static final int RECORDS = 1_000;

    private ScoresTail() {}

    /**
     * Returns the newest event time that scoring has seen; empty without a score.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     */
    public static OptionalLong newestEventTime(DetectorConfig config) {
        ConfirmedNewest newest = new ConfirmedNewest();
        OutputCodec<Score> codec = OutputCodec.scores();
        TopicReader.readLastUncommitted(config, config.topics().scores(), RECORDS, record -> {
            Score score = decode(codec, record.value());
            if (score != null && score.detector().equals(config.detector())) {
                newest.add(score.entity(), score.eventTime());
            }
        });
        return newest.time();
    }

    /** Returns the newest event time that scoring has seen; that of the observations if there is no score yet. */
    public static OptionalLong newestSeen(DetectorConfig config) {
        OptionalLong scored = newestEventTime(config);
        return scored.isPresent() ? scored : TopicTail.newestEventTime(config);
    }

    private static @Nullable Score decode(OutputCodec<Score> codec, byte @Nullable [] bytes) {
        try {
            return bytes == null ? null : codec.decode(bytes);
        } catch (MalformedRecordException e) {
            // Another program writes to the topic too.
            return null;
        }
    }
}
