/**
 * From windows to a trained network: backward pass, Adam, mini-batches, early stopping.
 *
 * <p>The backward pass is written by hand, in matrix form: there is no automatic differentiation here, and the one that ND4J
 * brings has no correct gradient for what the penalty needs. May use {@code dev.noether.model.autoencoder}, {@code engine} and
 * {@code symmetry}.
 */
@NullMarked
package dev.noether.model.training;

import org.jspecify.annotations.NullMarked;
