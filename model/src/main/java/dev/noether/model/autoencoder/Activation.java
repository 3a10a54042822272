package dev.noether.model.autoencoder;

/**
 * The activation of a layer. With both activations a network is piecewise affine, which the paper's argument requires.
 */
public enum Activation {
    /** The identity. */
    LINEAR,
    /** {@code max(0, x)}; a NaN stays a NaN. */
    RELU
}
