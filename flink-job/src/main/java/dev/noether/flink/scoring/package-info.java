/**
 * The operator that turns rows into scores: windows per entity, micro-batches over entities, models swapped while it runs.
 * The arithmetic is the model's.
 */
@NullMarked
package dev.noether.flink.scoring;

import org.jspecify.annotations.NullMarked;
