package dev.noether.cli.tail;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.incident.rule.NamePatterns;
import dev.noether.schemas.Incident;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.ModelsRecord;
import dev.noether.schemas.ModelsRecordCodec;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.Score;
import dev.noether.schemas.output.ModelsJson;
import dev.noether.schemas.output.OutputCodec;
import dev.noether.schemas.output.OutputFormat;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Selects the records of one detector, and makes their lines. Not thread safe. */
abstract class TailView {
    private static final int WIDTH = 100;

    private final TailOptions options;
    private final @Nullable NamePatterns entities;
    final Paint paint;

    private TailView(TailOptions options, Paint paint) {
        this.options = options;
        this.paint = paint;
        this.entities = options.entity() == null ? null : new NamePatterns(options.entity());
    }

    /** Returns the view of a topic. */
    static TailView of(TailOptions options, DetectorConfig config, Paint paint) {
        String detector = config.detector();
        return switch (options.topic()) {
            case INCIDENTS -> new Incidents(options, detector, paint);
            case SCORES -> new Scores(options, detector, paint);
            case REJECTED -> new RejectedRecords(options, config.output().rejectedMaxBytes(), paint);
            case MODELS -> new Models(options, detector, paint);
        };
    }

    /**
     * Reads a record.
     *
     * @return null if the record is not to be shown
     * @throws MalformedRecordException if it cannot be read
     */
    @Nullable
    TailEntry entry(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
        byte[] value = record.value();
        TailEntry entry = value == null ? null : read(record, value);
        return entry == null || entry.time() < options.oldest() ? null : entry;
    }

    abstract @Nullable TailEntry read(ConsumerRecord<byte[], byte[]> record, byte[] value)
            throws MalformedRecordException;

    boolean wants(String entity) {
        return entities == null || entities.matches(entity);
    }

    boolean isJson() {
        return options.isJson();
    }

    static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    /** Incidents: those of the entity, and the groups that it is a member of. */
    private static final class Incidents extends TailView {
        private final OutputCodec<Incident> codec = OutputCodec.incidents(OutputFormat.JSON);
        private final String detector;

        Incidents(TailOptions options, String detector, Paint paint) {
            super(options, paint);
            this.detector = detector;
        }

        @Override
        @Nullable
        TailEntry read(ConsumerRecord<byte[], byte[]> record, byte[] value) throws MalformedRecordException {
            Incident incident = codec.decode(value);
            boolean isWanted = incident.identity().detector().equals(detector)
                    && (wants(incident.entity())
                            || incident.group().members().stream().anyMatch(this::wants));
            return isWanted ? new TailEntry(incident.time(), () -> line(incident)) : null;
        }

        private String line(Incident incident) {
            return isJson() ? text(codec.encode(incident)) : IncidentLine.of(incident, paint);
        }
    }

    /** Scores. */
    private static final class Scores extends TailView {
        private final OutputCodec<Score> codec = OutputCodec.scores(OutputFormat.JSON);
        private final String detector;

        Scores(TailOptions options, String detector, Paint paint) {
            super(options, paint);
            this.detector = detector;
        }

        @Override
        @Nullable
        TailEntry read(ConsumerRecord<byte[], byte[]> record, byte[] value) throws MalformedRecordException {
            Score score = codec.decode(value);
            boolean isWanted = score.detector().equals(detector) && wants(score.entity());
            return isWanted ? new TailEntry(score.eventTime(), () -> line(score)) : null;
        }

        private String line(Score score) {
            return isJson() ? text(codec.encode(score)) : ScoreLine.of(score, paint);
        }
    }

    /** Rejected records; their entity is their key, if anything is. */
    private static final class RejectedRecords extends TailView {
        private final OutputCodec<Rejected> codec;

        RejectedRecords(TailOptions options, int maxValueBytes, Paint paint) {
            super(options, paint);
            codec = OutputCodec.rejected(OutputFormat.JSON, maxValueBytes);
        }

        @Override
        @Nullable
        TailEntry read(ConsumerRecord<byte[], byte[]> record, byte[] value) throws MalformedRecordException {
            Rejected rejected = codec.decode(value);
            byte[] key = rejected.key();
            boolean isWanted = wants(key == null ? "" : text(key));
            return isWanted ? new TailEntry(record.timestamp(), () -> line(rejected, record.timestamp())) : null;
        }

        private String line(Rejected rejected, long written) {
            return isJson() ? text(codec.encode(rejected)) : RejectedLine.of(rejected, written, WIDTH, paint);
        }
    }

    /** Records on models. */
    private static final class Models extends TailView {
        private final ModelsRecordCodec codec = new ModelsRecordCodec();
        private final String detector;

        Models(TailOptions options, String detector, Paint paint) {
            super(options, paint);
            this.detector = detector;
        }

        @Override
        @Nullable
        TailEntry read(ConsumerRecord<byte[], byte[]> record, byte[] value) throws MalformedRecordException {
            ModelsRecord decoded = codec.decode(value);
            return decoded.detector().equals(detector)
                    ? new TailEntry(ModelsRecordCodec.time(decoded), () -> line(decoded))
                    : null;
        }

        private String line(ModelsRecord record) {
            return isJson() ? text(ModelsJson.encode(record)) : ModelLine.of(record, paint);
        }
    }
}
