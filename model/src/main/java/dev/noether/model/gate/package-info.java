/**
 * The gate that a retrained model passes before it scores. {@link dev.noether.model.gate.GatedTraining} holds out the
 * newest rows of a history, trains a trial model without them and the final model with them; {@link
 * dev.noether.model.gate.PromotionGate} judges both, beside the model in force, and reports every figure.
 *
 * <p>May use all other packages of the model.
 */
@NullMarked
package dev.noether.model.gate;

import org.jspecify.annotations.NullMarked;
