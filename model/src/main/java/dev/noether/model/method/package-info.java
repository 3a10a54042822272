/**
 * The five methods of the paper's Table 1 and two controls for them, one file each: what they are called, their settings, and what they add to a step of
 * the training.
 *
 * <p>May use {@code dev.noether.model.autoencoder}, {@code engine}, {@code gradient} and {@code symmetry}.
 */
@NullMarked
package dev.noether.model.method;

import org.jspecify.annotations.NullMarked;
