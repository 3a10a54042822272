/**
 * The detector for independent rows, which have neither time nor entity: it combines the distance to the nearest normal
 * rows with the whitened residual of an autoencoder. Uses the engine, the autoencoder and the training of the model.
 */
@NullMarked
package dev.noether.lab.tabular;

import org.jspecify.annotations.NullMarked;
