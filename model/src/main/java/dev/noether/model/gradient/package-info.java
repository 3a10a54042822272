/**
 * The way back through a network, written by hand in matrix form: gradients of what it reconstructs and of its Jacobians, and
 * the optimiser that follows them.
 *
 * <p>There is no automatic differentiation here, and the one that ND4J brings has no correct gradient for what the penalties
 * need. May use {@code dev.noether.model.autoencoder} and {@code engine}.
 */
@NullMarked
package dev.noether.model.gradient;

import org.jspecify.annotations.NullMarked;
