package dev.noether.cli.scenario;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Score;
import dev.noether.schemas.output.OutputCodec;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The committed scores of a detector by the place of their observation. */
final class CommittedScores {
    private final Map<Place, Score> scores = new HashMap<>();
    private long duplicates;

    /**
     * The place of an observation.
     *
     * @param partition its partition
     * @param offset its offset
     */
    record Place(int partition, long offset) {}

    /** Reads what is committed now. */
    static CommittedScores read(DetectorConfig config) {
        CommittedScores committed = new CommittedScores();
        OutputCodec<Score> codec = OutputCodec.scores();
        TopicReader.readAll(config, config.topics().scores(), record -> {
            try {
                committed.add(codec.decode(record.value()));
            } catch (MalformedRecordException e) {
                throw new IllegalStateException("a score cannot be read: " + e.getMessage(), e);
            }
        });
        return committed;
    }

    /** Waits until so many observations have a committed score. */
    static CommittedScores await(DetectorConfig config, long count) throws InterruptedException {
        CommittedScores[] read = new CommittedScores[1];
        Waiting.until(count + " committed scores in " + config.topics().scores(), () -> {
            read[0] = read(config);
            return read[0].count() >= count;
        });
        return read[0];
    }

    private void add(Score score) {
        Score former = scores.put(new Place(score.sourcePartition(), score.sourceOffset()), score);
        duplicates += former == null ? 0 : 1;
    }

    /** Number of observations with a score. */
    long count() {
        return scores.size();
    }

    /** Number of additional scores of an observation. */
    long duplicates() {
        return duplicates;
    }

    /** Number of scores that meet a condition. */
    long count(Predicate<Score> condition) {
        return scores.values().stream().filter(condition).count();
    }

    /** The scores by place. */
    Map<Place, Score> byPlace() {
        return Map.copyOf(scores);
    }

    /** Number of scores by model, in words. */
    String models() {
        Map<Long, Long> rows = new TreeMap<>();
        scores.values().forEach(score -> rows.merge(score.modelVersion(), 1L, Long::sum));
        StringBuilder text = new StringBuilder();
        rows.forEach((version, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(version > 0 ? "model " + version : "no model")
                .append(": ")
                .append(count));
        return text.toString();
    }
}
