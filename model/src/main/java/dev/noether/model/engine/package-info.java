/**
 * The arithmetic: matrix products and the forward pass of a network behind the interface
 * {@link dev.noether.model.engine.Engine}, implemented by ND4J (CPU or CUDA), by OpenBLAS directly, and by plain Java.
 *
 * <p>May use {@code dev.noether.model.autoencoder}, ND4J and JavaCPP. No other package may use ND4J or JavaCPP; the
 * other packages see {@code float[]} only, and no {@code INDArray} and no native pointer.
 */
@NullMarked
package dev.noether.model.engine;

import org.jspecify.annotations.NullMarked;
