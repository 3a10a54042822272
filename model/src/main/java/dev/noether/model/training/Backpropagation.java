package dev.noether.model.training;

import dev.noether.model.autoencoder.Activation;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import java.util.Arrays;

/**
 * Forward and backward pass through the layers of a network from a first one to the last: the whole network, or its decoder
 * alone. Keeps the activations of the forward pass for the backward one. Allocates nothing per call. Not thread-safe.
 */
final class Backpropagation {
    private final Engine engine;
    private final int firstLayer;
    private final int[] inputWidths;
    private final int[] widths;
    private final boolean[] rectified;
    private final float[][] activations;
    private final float[][] deltas;
    private float[] input = {};

    Backpropagation(Engine engine, AutoencoderShape shape, int firstLayer, int capacity) {
        this.engine = engine;
        this.firstLayer = firstLayer;
        int layers = shape.layerCount();
        this.inputWidths = new int[layers];
        this.widths = new int[layers];
        this.rectified = new boolean[layers];
        this.activations = new float[layers][];
        this.deltas = new float[layers][];
        for (int layer = firstLayer; layer < layers; layer++) {
            inputWidths[layer] = shape.layerInputWidth(layer);
            widths[layer] = shape.layerWidth(layer);
            rectified[layer] = shape.activation(layer) == Activation.RELU;
            activations[layer] = new float[Math.multiplyExact(capacity, widths[layer])];
            deltas[layer] = new float[capacity * widths[layer]];
        }
    }

    /**
     * Runs rows through the layers.
     *
     * @param input {@code [rows, width of the first layer's input]}; must stay as it is until {@link #backward}
     * @return the output of the last layer, {@code [rows, inputWidth]}, overwritten by the next call
     */
    float[] forward(LayerArrays parameters, float[] input, int rows) {
        this.input = input;
        float[] layerInput = input;
        for (int layer = firstLayer; layer < widths.length; layer++) {
            float[] activation = activations[layer];
            float[] biases = parameters.biases(layer);
            int width = widths[layer];
            for (int row = 0; row < rows; row++) {
                System.arraycopy(biases, 0, activation, row * width, width);
            }
            engine.multiply(
                    false,
                    false,
                    rows,
                    width,
                    inputWidths[layer],
                    1,
                    layerInput,
                    parameters.weights(layer),
                    1,
                    activation);
            if (rectified[layer]) {
                rectify(activation, rows * width);
            }
            layerInput = activation;
        }
        return layerInput;
    }

    /** What a layer gave in the last forward pass, {@code [rows, layerWidth]}. */
    float[] activation(int layer) {
        return activations[layer];
    }

    /** Where to put the gradient with respect to the output before {@link #backward}, {@code [rows, inputWidth]}. */
    float[] outputGradient() {
        return deltas[widths.length - 1];
    }

    /**
     * Takes the output gradient back through the layers of the last forward pass.
     *
     * @param gradient receives the gradient of these layers
     * @param add whether to add to what {@code gradient} holds or to replace it
     */
    void backward(LayerArrays parameters, int rows, LayerArrays gradient, boolean add) {
        float keep = add ? 1 : 0;
        for (int layer = widths.length - 1; layer >= firstLayer; layer--) {
            int width = widths[layer];
            int inputWidth = inputWidths[layer];
            float[] delta = deltas[layer];
            if (rectified[layer]) {
                maskByDerivative(delta, activations[layer], rows * width);
            }
            float[] layerInput = layer == firstLayer ? input : activations[layer - 1];
            engine.multiply(true, false, inputWidth, width, rows, 1, layerInput, delta, keep, gradient.weights(layer));
            sumRows(delta, rows, width, gradient.biases(layer), add);
            if (layer > firstLayer) {
                engine.multiply(
                        false,
                        true,
                        rows,
                        inputWidth,
                        width,
                        1,
                        delta,
                        parameters.weights(layer),
                        0,
                        deltas[layer - 1]);
            }
        }
    }

    private static void rectify(float[] values, int count) {
        for (int index = 0; index < count; index++) {
            values[index] = Math.max(0f, values[index]);
        }
    }

    private static void maskByDerivative(float[] delta, float[] activation, int count) {
        for (int index = 0; index < count; index++) {
            // Exactly 1 where a rectified value is positive, be it subnormal, and 0 where it is 0; a comparison would
            // not
            // become vector instructions, and the branch in its stead is mispredicted half of the time.
            delta[index] *= Math.min(1f, activation[index] * 1e38f * 1e38f);
        }
    }

    private static void sumRows(float[] matrix, int rows, int width, float[] sums, boolean add) {
        if (!add) {
            Arrays.fill(sums, 0);
        }
        for (int row = 0; row < rows; row++) {
            int offset = row * width;
            for (int column = 0; column < width; column++) {
                sums[column] += matrix[offset + column];
            }
        }
    }
}
