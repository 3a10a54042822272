/**
 * The records between operators, their Flink types and their serializers. None uses Kryo. Uses the schemas.
 */
@NullMarked
package dev.noether.flink.wire;

import org.jspecify.annotations.NullMarked;
