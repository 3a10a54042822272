/**
 * The controls and simple peers that a detector has to beat, in the same run over the same split: scores that need no
 * library and no tuning.
 *
 * <p>Uses the evaluation package above it and nothing else of the model.
 */
@NullMarked
package dev.noether.model.evaluation.baseline;

import org.jspecify.annotations.NullMarked;
