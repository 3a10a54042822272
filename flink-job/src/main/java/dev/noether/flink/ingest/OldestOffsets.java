package dev.noether.flink.ingest;

import java.io.Serializable;

/** The oldest offset that each partition of the observations topic still has. */
@FunctionalInterface
public interface OldestOffsets extends Serializable {
    /** For a source that is not Kafka: no record was ever removed. */
    OldestOffsets NONE_REMOVED = partition -> 0;

    /**
     * Returns the oldest offset of a partition. May ask Kafka.
     *
     * @throws RuntimeException if Kafka does not answer
     */
    long of(int partition);
}
