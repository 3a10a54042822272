/**
 * One YAML file per detector, read into immutable, validated records. Every key stands in
 * {@link dev.noether.flink.config.Options}, once, with its type, default, unit and how to choose it. Uses words of
 * the model module (feature schema, kinds of engine and scaling) and nothing of Flink or Kafka.
 */
@NullMarked
package dev.noether.flink.config;

import org.jspecify.annotations.NullMarked;
