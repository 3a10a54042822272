/**
 * Check of a detector's configuration against the records that are in Kafka, before anything is trained or scored.
 *
 * <p>May use {@code config}, {@code ingest}, {@code kafka}, {@code metric} and {@code wire}. Plain Java and Kafka clients, no Flink job.
 */
@NullMarked
package dev.noether.flink.check;

import org.jspecify.annotations.NullMarked;
