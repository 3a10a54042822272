package dev.noether.flink.feedback;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Score;
import dev.noether.schemas.output.OutputCodec;
import java.util.HashMap;
import java.util.Map;

/**
 * The event times up to which the entities are scored, from the last scores of each partition, also those that are not
 * committed yet. Immutable.
 */
public final class ScoredTimes {
    /** Nothing is known. */
    public static final ScoredTimes UNKNOWN = new ScoredTimes(Map.of());

    private static final int RECORDS = 2_000;

    private final Map<String, Long> newest;
    private final long median;

    ScoredTimes(Map<String, Long> newest) {
        this.newest = Map.copyOf(newest);
        // The newest of all may be that of a wrong clock.
        this.median = newest.values().stream()
                .sorted()
                .skip(newest.size() / 2)
                .findFirst()
                .orElse(Long.MIN_VALUE);
    }

    /** Reads the last scores of a detector. */
    public static ScoredTimes read(DetectorConfig config) {
        Map<String, Long> newest = new HashMap<>();
        OutputCodec<Score> codec = OutputCodec.scores();
        TopicReader.readLastUncommitted(config, config.topics().scores(), RECORDS, record -> {
            try {
                if (record.value() != null) {
                    Score score = codec.decode(record.value());
                    newest.merge(score.entity(), score.eventTime(), Math::max);
                }
            } catch (MalformedRecordException e) {
                // Not a score: another program writes to the topic too.
            }
        });
        return new ScoredTimes(newest);
    }

    /**
     * Returns the newest event time of an entity, milliseconds; that of most entities if its own is unknown;
     * {@link Long#MIN_VALUE} if nothing is known.
     */
    public long newest(String entity) {
        return newest.getOrDefault(entity, median);
    }
}
