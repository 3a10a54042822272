/**
 * The training methods, one file each: the five methods of the paper's Table 1 and two controls for them. A method has
 * its settings, and the penalty that it adds to each step of a training.
 *
 * <p>May use {@code dev.noether.model.autoencoder}, {@code dev.noether.model.engine},
 * {@code dev.noether.model.gradient} and {@code dev.noether.model.symmetry}.
 */
@NullMarked
package dev.noether.model.method;

import org.jspecify.annotations.NullMarked;
