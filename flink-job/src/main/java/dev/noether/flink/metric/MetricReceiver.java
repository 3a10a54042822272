package dev.noether.flink.metric;

import dev.noether.schemas.RejectionReason;

/** Receives the values that a record has for a detector. */
@FunctionalInterface
public interface MetricReceiver {
    /**
     * Receives a value.
     *
     * @param entity name of the entity
     * @param feature position among the detector's features
     * @param series hash of the labels, which tells apart the series of one entity and feature; the same in each process
     * @param timeMillis time of the value, milliseconds since 1970 UTC; possible by the detector's limits
     * @param kind what the value says
     * @param value the value, finite; NaN if the record has something there that is no number
     */
    void value(String entity, int feature, long series, long timeMillis, MetricKind kind, double value);

    /**
     * Receives why some values of a record cannot be used, while others of it can.
     *
     * @param values number of the values
     * @param reason reason of the first one
     * @param problem the same in words
     */
    default void refused(int values, RejectionReason reason, String problem) {}
}
