package dev.noether.model.gradient;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.LinearBase;
import org.jspecify.annotations.Nullable;

/**
 * One array of weights and one of biases for each layer: the parameters under training, or a gradient with respect to them.
 * An array of its own for each matrix is what a BLAS call on a {@code float[]} wants.
 */
public final class LayerArrays {
    private final AutoencoderShape shape;
    private final @Nullable LinearBase base;
    private final float[][] weights;
    private final float[][] biases;

    /** All zero, as the gradient of a network of the shape starts. */
    public LayerArrays(AutoencoderShape shape) {
        this(new Autoencoder(shape, new float[shape.parameterCount()]));
    }

    /** A copy of a network's parameters. */
    public LayerArrays(Autoencoder network) {
        this.shape = network.shape();
        this.base = network.base().orElse(null);
        this.weights = new float[shape.layerCount()][];
        this.biases = new float[shape.layerCount()][];
        for (int layer = 0; layer < weights.length; layer++) {
            weights[layer] = network.weights(layer);
            biases[layer] = network.biases(layer);
        }
    }

    /** Row-major {@code [layerInputWidth, layerWidth]}. */
    public float[] weights(int layer) {
        return weights[layer];
    }

    /** {@code [layerWidth]}. */
    public float[] biases(int layer) {
        return biases[layer];
    }

    /** Number of layers. */
    public int layers() {
        return weights.length;
    }

    /** A copy as a network, with the linear part of the one that these arrays were made from. */
    public Autoencoder toAutoencoder() {
        float[] parameters = new float[shape.parameterCount()];
        for (int layer = 0; layer < weights.length; layer++) {
            System.arraycopy(weights[layer], 0, parameters, shape.weightOffset(layer), weights[layer].length);
            System.arraycopy(biases[layer], 0, parameters, shape.biasOffset(layer), biases[layer].length);
        }
        return new Autoencoder(shape, parameters, base);
    }
}
