package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A rejected record of the observations topic with its original bytes, so that it can be corrected and sent again.
 *
 * @param topic topic of the record
 * @param partition partition of the record
 * @param offset offset of the record
 * @param timestamp Kafka timestamp of the record, milliseconds since 1970 UTC
 * @param reason the kind of fault
 * @param error description of the fault and of the valid form
 * @param key the original key; not copied
 * @param value the original bytes, cut to the detector's limit; not copied
 * @param valueBytes length of the original value, bytes; -1 if there was none
 */
public record Rejected(
        String topic,
        int partition,
        long offset,
        long timestamp,
        RejectionReason reason,
        String error,
        byte @Nullable [] key,
        byte @Nullable [] value,
        long valueBytes) {
    public Rejected {
        requireNonNull(topic, "topic");
        requireNonNull(reason, "reason");
        requireNonNull(error, "error");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Rejected that
                && topic.equals(that.topic)
                && partition == that.partition
                && offset == that.offset
                && timestamp == that.timestamp
                && reason == that.reason
                && error.equals(that.error)
                && Arrays.equals(key, that.key)
                && Arrays.equals(value, that.value)
                && valueBytes == that.valueBytes;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * topic.hashCode() + partition) + Long.hashCode(offset);
    }
}
