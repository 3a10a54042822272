/**
 * Where the arithmetic happens: matrix products and the forward pass of a network, behind one small interface, with ND4J
 * (CPU or CUDA), the BLAS that ND4J brings, and plain Java behind it.
 *
 * <p>May use {@code dev.noether.model.autoencoder}, ND4J and JavaCPP; it is the only package that may use the last two. No
 * {@code INDArray} and no native pointer leaves it: the others see {@code float[]}.
 */
@NullMarked
package dev.noether.model.engine;

import org.jspecify.annotations.NullMarked;
