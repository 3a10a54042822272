package dev.noether.model.autoencoder;

/** What a layer does to its affine map. Both leave the network piecewise affine, as the paper's argument needs. */
public enum Activation {
    /** The identity. */
    LINEAR,
    /** {@code max(0, x)}; a NaN stays a NaN. */
    RELU
}
