/**
 * The readers of the formats: JSON, Avro with a schema or a registry, line protocol. Uses the packages {@code mapping},
 * {@code source.field} and {@code source.registry}, and the schemas.
 */
@NullMarked
package dev.noether.flink.source.format;

import org.jspecify.annotations.NullMarked;
