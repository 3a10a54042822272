/**
 * Stuck-value detection: how often values repeat in a history ({@link dev.noether.model.repeat.RepeatLaw}), the limits
 * that follow from the alarm budget ({@link dev.noether.model.repeat.RepeatLimits}), and the present runs of an entity
 * ({@link dev.noether.model.repeat.RepeatRuns}). May use {@code feature}.
 */
@NullMarked
package dev.noether.model.repeat;

import org.jspecify.annotations.NullMarked;
