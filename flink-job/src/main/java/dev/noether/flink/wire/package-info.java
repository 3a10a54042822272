/**
 * The records that travel between operators, their Flink types and their serializers. None falls back to Kryo.
 */
@NullMarked
package dev.noether.flink.wire;

import org.jspecify.annotations.NullMarked;
