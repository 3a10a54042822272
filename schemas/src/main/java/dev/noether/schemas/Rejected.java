package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be understood, with its original bytes, so that it can be mended and sent again.
 *
 * @param topic where it lay
 * @param partition where it lay
 * @param offset where it lay
 * @param timestamp its Kafka timestamp, milliseconds since 1970 UTC
 * @param reason the kind of fault
 * @param error what was found and what would be right
 * @param key the original key; not copied
 * @param value the original bytes, cut to the detector's limit where they were longer; not copied
 * @param valueBytes length of the original value; -1 where there was none
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
