/**
 * Kafka outside of Flink: creating and checking topics, and reading a topic up to its end.
 */
@NullMarked
package dev.noether.flink.kafka;

import org.jspecify.annotations.NullMarked;
