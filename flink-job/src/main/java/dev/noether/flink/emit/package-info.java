/**
 * From scores, incidents, rejected records and model releases to Kafka: the sinks. Uses the configuration and the schemas.
 */
@NullMarked
package dev.noether.flink.emit;

import org.jspecify.annotations.NullMarked;
