package dev.noether.console.api;

import dev.noether.console.follow.RangeReader;
import dev.noether.console.follow.TopicRange;
import dev.noether.console.store.ConsoleStore;
import dev.noether.console.store.ScoreQueries;
import dev.noether.console.store.ScoreQueries.Place;
import dev.noether.console.store.ScoreQueries.StoredScore;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.ingest.ObservationDeserializer;
import dev.noether.flink.source.registry.SourceUnavailableException;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Score;
import dev.noether.schemas.output.OutputCodec;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Completes the rows of an entity from the topics of scores and of observations. The kept scores before and after the
 * range say where in the topics its rows are. Thread safe.
 */
final class SeriesCompletion implements AutoCloseable {
    private static final int AT_ONCE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Rows after the last kept one of an entity: at most so many records of its partition. */
    private static final long AFTER_LAST = 20_000;

    private final DetectorConfig config;
    private final ConsoleStore store;
    private final RangeReader reader;
    private final Semaphore places = new Semaphore(AT_ONCE);

    SeriesCompletion(DetectorConfig config, ConsoleStore store) {
        this.config = config;
        this.store = store;
        this.reader = new RangeReader(config);
    }

    /**
     * What was found.
     *
     * @param hasObservations whether values of the topic of observations are among the rows
     * @param message why something is missing; null if nothing is
     */
    record Outcome(boolean hasObservations, @Nullable String message) {}

    /** The kept scores around a range. */
    private record Bounds(
            @Nullable StoredScore before, @Nullable StoredScore after) {}

    /**
     * Adds to the rows what the topics have.
     *
     * @param rows the kept scores of the range
     */
    Outcome complete(String entity, EventRange range, SeriesRows rows) {
        if (!places.tryAcquire()) {
            return new Outcome(false, "Others ask at this moment; only the scores that the console keeps are shown.");
        }
        try {
            return completed(entity, range, rows);
        } finally {
            places.release();
        }
    }

    @Override
    public void close() {
        reader.close();
    }

    private Outcome completed(String entity, EventRange range, SeriesRows rows) {
        Bounds bounds = store.read(connection -> new Bounds(
                ScoreQueries.before(connection, entity, range.from()),
                ScoreQueries.from(connection, entity, range.to())));
        StoredScore first = bounds.before() != null ? bounds.before() : rows.first();
        if (first == null) {
            return new Outcome(false, "There are no rows in this range.");
        }
        boolean isClosed = bounds.after() != null;
        StoredScore kept = rows.last();
        StoredScore last = bounds.after() != null ? bounds.after() : kept == null ? first : kept;
        TopicRange ofScores = range(config.topics().scores(), first.place(), last.place(), isClosed);
        OutputCodec<Score> codec = OutputCodec.scores();
        String noScores = reader.read(ofScores, record -> addScore(codec, record, entity, range, rows));
        TopicRange ofObservations = range(config.topics().observations(), first.source(), last.source(), isClosed);
        ObservationDeserializer deserializer = ObservationDeserializer.waiting(config, PATIENCE);
        int[] found = new int[1];
        String noObservations;
        try {
            noObservations = reader.read(ofObservations, record -> {
                if (deserializer.ingest(record) instanceof ObservationRow row && isIn(row, entity, range)) {
                    rows.add(row.eventTime(), config.features().names(), row.values());
                    found[0]++;
                }
            });
        } catch (SourceUnavailableException e) {
            noObservations = "The observations cannot be read now: " + e.getMessage() + ".";
        }
        return new Outcome(found[0] > 0, noObservations == null ? noScores : noObservations);
    }

    /** From the first place to the last one; if no row after the range is known, some records further. */
    private static TopicRange range(String topic, Place first, Place last, boolean isClosed) {
        long end = last.partition() == first.partition() ? Math.max(first.offset(), last.offset()) : first.offset();
        return new TopicRange(topic, first.partition(), first.offset(), end + (isClosed ? 1 : AFTER_LAST));
    }

    private static boolean isIn(ObservationRow row, String entity, EventRange range) {
        return row.entity().equals(entity) && row.eventTime() >= range.from() && row.eventTime() < range.to();
    }

    private static void addScore(
            OutputCodec<Score> codec,
            ConsumerRecord<byte[], byte[]> record,
            String entity,
            EventRange range,
            SeriesRows rows) {
        if (record.value() == null) {
            return;
        }
        try {
            Score score = codec.decode(record.value());
            long time = score.eventTime();
            if (score.entity().equals(entity) && time >= range.from() && time < range.to()) {
                rows.add(score);
            }
        } catch (MalformedRecordException e) {
            // The follower has logged it.
        }
    }
}
