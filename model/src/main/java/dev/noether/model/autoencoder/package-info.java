/**
 * The network as a value: its shape, its parameters, and the layers that an engine has to compute. Nothing here
 * computes reconstructions; the engines do.
 *
 * <p>May use the JDK only.
 */
@NullMarked
package dev.noether.model.autoencoder;

import org.jspecify.annotations.NullMarked;
