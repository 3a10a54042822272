package dev.noether.flink.ingest;

import java.io.Serializable;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Where a source begins that has no checkpoint to go on from. */
public sealed interface StartingPoint extends Serializable {
    /** With the oldest record that Kafka still has. */
    record Earliest() implements StartingPoint {}

    /** Where the detector's consumer group stands, or else with the oldest record. */
    record Committed() implements StartingPoint {}

    /**
     * With the first record of at least this Kafka timestamp.
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

    /** The same in Flink's words. */
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
