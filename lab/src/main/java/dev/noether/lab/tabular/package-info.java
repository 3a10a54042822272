/**
 * Detection on independent rows, where there is neither a past nor an entity: the whitened residual of the autoencoder, and the
 * distance to the nearest normal rows. Uses the features, the engine, the autoencoder and its training.
 */
@NullMarked
package dev.noether.lab.tabular;

import org.jspecify.annotations.NullMarked;
