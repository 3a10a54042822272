/**
 * The operator that turns rows into scores: one window for each entity, micro-batches of rows of many entities, and
 * models that change while the job runs. The computation itself is in the module {@code model}. Uses the packages
 * {@code config}, {@code wire}, {@code entity} and {@code release}.
 */
@NullMarked
package dev.noether.flink.scoring;

import org.jspecify.annotations.NullMarked;
