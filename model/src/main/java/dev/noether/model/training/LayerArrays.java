package dev.noether.model.training;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;

/**
 * One array of weights and one of biases for each layer: the parameters under training, or a gradient with respect to them.
 * An array of its own for each matrix is what a BLAS call on a {@code float[]} wants.
 */
final class LayerArrays {
    private final AutoencoderShape shape;
    private final float[][] weights;
    private final float[][] biases;

    /** All zero. */
    LayerArrays(AutoencoderShape shape) {
        this(new Autoencoder(shape, new float[shape.parameterCount()]));
    }

    /** A copy of a network's parameters. */
    LayerArrays(Autoencoder network) {
        this.shape = network.shape();
        this.weights = new float[shape.layerCount()][];
        this.biases = new float[shape.layerCount()][];
        for (int layer = 0; layer < weights.length; layer++) {
            weights[layer] = network.weights(layer);
            biases[layer] = network.biases(layer);
        }
    }

    /** Row-major {@code [layerInputWidth, layerWidth]}. */
    float[] weights(int layer) {
        return weights[layer];
    }

    /** {@code [layerWidth]}. */
    float[] biases(int layer) {
        return biases[layer];
    }

    int layers() {
        return weights.length;
    }

    /** A copy as a network. */
    Autoencoder toAutoencoder() {
        float[] parameters = new float[shape.parameterCount()];
        for (int layer = 0; layer < weights.length; layer++) {
            System.arraycopy(weights[layer], 0, parameters, shape.weightOffset(layer), weights[layer].length);
            System.arraycopy(biases[layer], 0, parameters, shape.biasOffset(layer), biases[layer].length);
        }
        return new Autoencoder(shape, parameters);
    }
}
