package dev.noether.schemas.output;

import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentCodec;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RecordCodec;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectedCodec;
import dev.noether.schemas.Score;
import dev.noether.schemas.ScoreCodec;

/**
 * Writes the records of one output in one format and reads them in both: the first byte says which format a record has.
 * So a reader works whatever the format of the topic is, also where it was changed in the middle.
 *
 * <p>Not thread safe: an instance reuses its buffers.
 *
 * @param <T> the type of the records
 */
public final class OutputCodec<T> {
    private final OutputFormat format;
    private final RecordCodec<T> avro;
    private final JsonCodec<T> json;

    private OutputCodec(OutputFormat format, RecordCodec<T> avro, JsonCodec<T> json) {
        this.format = format;
        this.avro = avro;
        this.json = json;
    }

    /** Returns a codec of scores. */
    public static OutputCodec<Score> scores(OutputFormat format) {
        return new OutputCodec<>(format, new ScoreCodec(), new ScoreJson());
    }

    /** Returns a reader of scores. */
    public static OutputCodec<Score> scores() {
        return scores(OutputFormat.AVRO);
    }

    /** Returns a codec of incidents. */
    public static OutputCodec<Incident> incidents(OutputFormat format) {
        return new OutputCodec<>(format, new IncidentCodec(), new IncidentJson());
    }

    /** Returns a reader of incidents. */
    public static OutputCodec<Incident> incidents() {
        return incidents(OutputFormat.AVRO);
    }

    /**
     * Returns a codec of rejected records.
     *
     * @param maxValueBytes greatest number of bytes that the original value takes in a record; as JSON, where a value
     *     can take more than its own length, the rest is cut off
     */
    public static OutputCodec<Rejected> rejected(OutputFormat format, int maxValueBytes) {
        return new OutputCodec<>(format, new RejectedCodec(), new RejectedJson(maxValueBytes));
    }

    /** Returns a reader of rejected records. */
    public static OutputCodec<Rejected> rejected() {
        return rejected(OutputFormat.AVRO, Integer.MAX_VALUE);
    }

    /** Returns a record's bytes in the format of this codec. */
    public byte[] encode(T record) {
        return format == OutputFormat.JSON ? json.encode(record) : avro.encode(record);
    }

    /**
     * Returns a record's bytes in Avro, which an operator's state holds whatever the format of the topic is.
     *
     * @param record the record
     * @param bytes the record in either format; returned if it is Avro already
     */
    public byte[] asAvro(T record, byte[] bytes) {
        return JsonCodec.isJson(bytes) ? avro.encode(record) : bytes;
    }

    /**
     * Reads one record of either format.
     *
     * @throws MalformedRecordException if the bytes are no record of this type in either format
     */
    public T decode(byte[] bytes) throws MalformedRecordException {
        return JsonCodec.isJson(bytes) ? json.decode(bytes) : avro.decode(bytes);
    }
}
