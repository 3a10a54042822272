/**
 * The configuration of a detector: one YAML file, read into immutable, validated records. Every key is defined once,
 * in {@link dev.noether.flink.config.OptionRegistry}, with its type, default, unit and advice. Uses types of
 * the model and incident modules, and nothing of Flink or Kafka.
 */
@NullMarked
package dev.noether.flink.config;

import org.jspecify.annotations.NullMarked;
