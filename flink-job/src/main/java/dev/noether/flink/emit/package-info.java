/**
 * The Kafka sinks of scores, incidents, rejected records and releases. Uses the configuration and the schemas.
 */
@NullMarked
package dev.noether.flink.emit;

import org.jspecify.annotations.NullMarked;
