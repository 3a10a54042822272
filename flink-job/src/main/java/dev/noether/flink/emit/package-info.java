/**
 * The Kafka sinks of scores, incidents and rejected records. Uses the configuration and the schemas.
 */
@NullMarked
package dev.noether.flink.emit;

import org.jspecify.annotations.NullMarked;
