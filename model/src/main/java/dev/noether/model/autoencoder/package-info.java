/**
 * The network as a value: its shape and its parameters. Nothing here computes; the engines do.
 *
 * <p>May use the JDK only.
 */
@NullMarked
package dev.noether.model.autoencoder;

import org.jspecify.annotations.NullMarked;
