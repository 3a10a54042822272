/**
 * What each part of the shape view is worth as a detector: its prototypes without the symmetry, with the learned one
 * and with full invariance, beside residual autoencoders of the same windows.
 */
@NullMarked
package dev.noether.lab.evaluate.ablate;

import org.jspecify.annotations.NullMarked;
