/**
 * Topics and the broker: creation and checks of topics, and reading a stretch of a topic outside of Flink.
 */
@NullMarked
package dev.noether.flink.kafka;

import org.jspecify.annotations.NullMarked;
