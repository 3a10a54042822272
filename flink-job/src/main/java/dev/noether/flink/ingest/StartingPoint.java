package dev.noether.flink.ingest;

import java.io.Serializable;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** The position from which a source reads if it does not start from a checkpoint. */
public sealed interface StartingPoint extends Serializable {
    /** The oldest record that the topic still has. */
    record Earliest() implements StartingPoint {}

    /** The committed offset of the detector's consumer group, or the oldest record if there is no committed offset. */
    record Committed() implements StartingPoint {}

    /**
     * The first record that has at least this Kafka timestamp.
     *
     * @param timestamp milliseconds since 1970 UTC
     */
    record Since(long timestamp) implements StartingPoint {
        public Since {
            if (timestamp < 0) {
                throw new IllegalArgumentException("`timestamp` must be at least 0 (got " + timestamp + ")");
            }
        }
    }

    /** Returns the position as Flink's Kafka source expects it. */
    @SuppressWarnings("deprecation") // Flink still asks for Kafka's old enum
    default OffsetsInitializer offsets() {
        if (this instanceof Since since) {
            return OffsetsInitializer.timestamp(since.timestamp());
        }
        return this instanceof Committed
                ? OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST)
                : OffsetsInitializer.earliest();
    }
}
