/**
 * The demonstration: it starts the local stack, sends a workload, retrains a model, and reports completeness, speed and
 * detection. May use every package of this module except {@code command}.
 */
@NullMarked
package dev.noether.cli.demo;

import org.jspecify.annotations.NullMarked;
