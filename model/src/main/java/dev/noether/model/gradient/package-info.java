/**
 * Gradients and the optimiser: backpropagation through a network and through its Jacobians, in matrix form, and Adam.
 *
 * <p>The gradients are written by hand. The automatic differentiation of ND4J computes no correct gradient for the
 * penalties. May use {@code dev.noether.model.autoencoder} and {@code dev.noether.model.engine}.
 */
@NullMarked
package dev.noether.model.gradient;

import org.jspecify.annotations.NullMarked;
