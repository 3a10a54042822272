package dev.noether.flink.retrain;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Score;
import dev.noether.schemas.output.OutputCodec;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How far scoring has come: the event times of the last records of each partition of the scores topic, also of those
 * that are not committed yet. A change of models and a judgement of an incident take effect after them, so that a replay
 * gives the same. Immutable.
 */
public final class ScoresTail {
    /** The tail of a topic without scores. */
    public static final ScoresTail EMPTY = new ScoresTail(Map.of(), OptionalLong.empty());

    /** Number of offsets to read from each partition; see {@link TopicTail}. */
    private static final int RECORDS = 2_000;

    private final Map<String, Long> newest;
    private final OptionalLong confirmed;
    private final long median;

    private ScoresTail(Map<String, Long> newest, OptionalLong confirmed) {
        this.newest = Map.copyOf(newest);
        this.confirmed = confirmed;
        // The newest of all may be that of a wrong clock.
        this.median = newest.values().stream()
                .sorted()
                .skip(newest.size() / 2)
                .findFirst()
                .orElse(Long.MIN_VALUE);
    }

    /**
     * Reads the last scores of a detector; of a topic that does not exist, none.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     */
    public static ScoresTail read(DetectorConfig config) {
        Map<String, Long> newest = new HashMap<>();
        ConfirmedNewest confirmed = new ConfirmedNewest();
        OutputCodec<Score> codec = OutputCodec.scores();
        TopicReader.readLastUncommitted(config, config.topics().scores(), RECORDS, record -> {
            Score score = decode(codec, record.value());
            if (score != null && score.detector().equals(config.detector())) {
                newest.merge(score.entity(), score.eventTime(), Math::max);
                confirmed.add(score.entity(), score.eventTime());
            }
        });
        return new ScoresTail(newest, confirmed.time());
    }

    /** Returns the newest event time that scoring has seen, as {@link #newest()} of the present tail. */
    public static OptionalLong newestEventTime(DetectorConfig config) {
        return read(config).newest();
    }

    /** Returns the newest event time that scoring has seen; that of the observations if there is no score yet. */
    public static OptionalLong newestSeen(DetectorConfig config) {
        OptionalLong scored = newestEventTime(config);
        return scored.isPresent() ? scored : TopicTail.newestEventTime(config);
    }

    /** Newest event time that is not that of a wrong clock alone; empty without a score. */
    public OptionalLong newest() {
        return confirmed;
    }

    /**
     * Returns the newest event time of an entity, milliseconds; that of most entities if its own is unknown;
     * {@link Long#MIN_VALUE} without a score.
     */
    public long newest(String entity) {
        return newest.getOrDefault(entity, median);
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
