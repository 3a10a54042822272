package dev.noether.flink.source.otlp;

import dev.noether.flink.source.field.FieldValues;

/** Receives the data points of a record. */
public interface OtlpReceiver {
    /** Whether data points of a metric are wanted; the others are skipped. */
    boolean startMetric(String name);

    /**
     * Receives a data point of the metric that was started last.
     *
     * @param point the numbers, valid during the call
     * @param labels the wanted attributes of the resource, the scope and the point, valid during the call
     */
    void point(OtlpPoint point, FieldValues labels);
}
