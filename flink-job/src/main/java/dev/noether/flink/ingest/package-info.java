/**
 * From the topic of observations to rows: the Kafka source, the deserializer with its checks, event time, and the
 * operator that separates rows from rejected records. Uses the packages {@code config} and {@code wire}, and the
 * schemas.
 */
@NullMarked
package dev.noether.flink.ingest;

import org.jspecify.annotations.NullMarked;
