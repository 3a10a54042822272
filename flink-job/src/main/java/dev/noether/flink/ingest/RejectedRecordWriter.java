package dev.noether.flink.ingest;

import dev.noether.flink.wire.RejectedRecord;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectionReason;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Writes the message about a rejected record: reason, position in Kafka, and the original bytes. Thread safe. */
public final class RejectedRecordWriter implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Largest size of a message without the original value, in bytes: names, error text and key. */
    public static final int OVERHEAD_BYTES = 1 << 16;

    private static final int MAX_KEY_BYTES = 1 << 15;
    private static final int MAX_ERROR_CHARACTERS = 1000;

    private final int maxValueBytes;

    /**
     * Makes a writer.
     *
     * @param maxValueBytes number of bytes of the original value that a message keeps at most
     */
    public RejectedRecordWriter(int maxValueBytes) {
        this.maxValueBytes = maxValueBytes;
    }

    /** Writes the message about a record. */
    @SuppressWarnings("NullAway") // key and value may be null; the annotation on an array is lost between modules
    public RejectedRecord write(ConsumerRecord<byte[], byte[]> record, RejectionReason reason, String error) {
        byte[] key = record.key();
        byte[] value = record.value();
        String message = error.length() > MAX_ERROR_CHARACTERS ? error.substring(0, MAX_ERROR_CHARACTERS) + "…" : error;
        if (key != null && key.length > MAX_KEY_BYTES) {
            message += " (the key of " + key.length + " bytes is cut)";
        }
        return new RejectedRecord(new Rejected(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                reason,
                message,
                cut(key, MAX_KEY_BYTES),
                cut(value, maxValueBytes),
                value == null ? -1 : value.length));
    }

    private static byte @Nullable [] cut(byte @Nullable [] bytes, int limit) {
        return bytes == null || bytes.length <= limit ? bytes : Arrays.copyOf(bytes, limit);
    }
}
