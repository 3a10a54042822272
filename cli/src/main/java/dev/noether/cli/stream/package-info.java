/**
 * Observations on their way into Kafka: where they come from, in which order and at which pace. May use {@code data} and
 * {@code fleet}.
 */
@NullMarked
package dev.noether.cli.stream;

import org.jspecify.annotations.NullMarked;
