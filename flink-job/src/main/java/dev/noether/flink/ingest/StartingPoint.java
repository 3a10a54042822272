package dev.noether.flink.ingest;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

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

    /**
     * One offset in each partition. A partition without one starts with its oldest record.
     *
     * @param topic the topic of observations
     * @param byPartition offset by partition; serializable
     */
    record Offsets(String topic, TreeMap<Integer, Long> byPartition) implements StartingPoint {}

    /** Returns the position as Flink's Kafka source expects it. */
    @SuppressWarnings("deprecation") // Flink still asks for Kafka's old enum
    default OffsetsInitializer offsets() {
        if (this instanceof Since since) {
            return OffsetsInitializer.timestamp(since.timestamp());
        }
        if (this instanceof Offsets offsets) {
            Map<TopicPartition, Long> byPartition = new HashMap<>();
            offsets.byPartition()
                    .forEach((partition, offset) ->
                            byPartition.put(new TopicPartition(offsets.topic(), partition), offset));
            return OffsetsInitializer.offsets(byPartition, OffsetResetStrategy.EARLIEST);
        }
        return this instanceof Committed
                ? OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST)
                : OffsetsInitializer.earliest();
    }
}
