package dev.noether.model.gradient;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.LinearBase;
import org.jspecify.annotations.Nullable;

/**
 * The weights and biases of each layer as separate arrays: parameters under training, or a gradient with respect to
 * them. A BLAS call on {@code float[]} needs a separate array for each matrix.
 */
public final class LayerArrays {
    private final AutoencoderShape shape;
    private final @Nullable LinearBase base;
    private final float[][] weights;
    private final float[][] biases;

    /** Zeros, as the initial gradient of a network of the shape. */
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

    /** The weights of a layer, row-major {@code [layerInputWidth, layerWidth]}; not a copy. */
    public float[] weights(int layer) {
        return weights[layer];
    }

    /** The biases of a layer, {@code [layerWidth]}; not a copy. */
    public float[] biases(int layer) {
        return biases[layer];
    }

    /** Number of layers. */
    public int layers() {
        return weights.length;
    }

    /** A network with copies of the arrays, and with the linear base of the network that they were copied from. */
    public Autoencoder toAutoencoder() {
        float[] parameters = new float[shape.parameterCount()];
        for (int layer = 0; layer < weights.length; layer++) {
            System.arraycopy(weights[layer], 0, parameters, shape.weightOffset(layer), weights[layer].length);
            System.arraycopy(biases[layer], 0, parameters, shape.biasOffset(layer), biases[layer].length);
        }
        return new Autoencoder(shape, parameters, base);
    }
}
