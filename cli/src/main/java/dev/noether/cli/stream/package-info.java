/**
 * The observations that a command sends to Kafka: their source, their order and their rate. May use {@code data} and
 * {@code fleet}.
 */
@NullMarked
package dev.noether.cli.stream;

import org.jspecify.annotations.NullMarked;
