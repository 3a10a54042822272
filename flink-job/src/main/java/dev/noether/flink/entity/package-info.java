/**
 * The limit on the number of entities with state, for all operators that are keyed by entity.
 */
@NullMarked
package dev.noether.flink.entity;

import org.jspecify.annotations.NullMarked;
