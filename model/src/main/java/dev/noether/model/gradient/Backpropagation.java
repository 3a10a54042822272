package dev.noether.model.gradient;

import dev.noether.model.autoencoder.Activation;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.LinearBase;
import dev.noether.model.engine.Engine;
import org.jspecify.annotations.Nullable;

/**
 * Forward and backward pass through the layers of a network, from a first layer to the last: the whole network, or its
 * decoder alone. The backward pass reads the activations of the last forward pass. Allocates nothing per call. Not
 * thread-safe.
 *
 * <p>In a residual autoencoder the code is {@code encoder(x) + x · E + e} and the reconstruction
 * {@code ρ · decoder(z) + z · F + μ}, with E, e, F, μ and ρ of the frozen {@link LinearBase}. The gradient with respect
 * to the code is that through the layers of the decoder plus {@code ∂D · Fᵀ}, with the gradient ∂D with respect to the
 * reconstruction.
 */
public final class Backpropagation {
    private final Engine engine;
    private final int firstLayer;
    private final int[] inputWidths;
    private final int[] widths;
    private final boolean[] rectified;
    private final float[][] activations;
    private final float[][] deltas;
    private final int codeLayer;
    private final @Nullable LinearPart linear;
    private final ColumnSums columnSums;
    private float[] input = {};

    /**
     * A pass through networks of the given shape.
     *
     * @param engine the engine of the matrix products
     * @param shape the shape of the networks
     * @param base the linear base of a residual autoencoder, null for none
     * @param firstLayer 0 for the whole network, {@code shape.codeLayer() + 1} for the decoder
     * @param capacity largest number of rows of a pass
     */
    public Backpropagation(
            Engine engine, AutoencoderShape shape, @Nullable LinearBase base, int firstLayer, int capacity) {
        this(engine, shape, base, firstLayer, capacity, 0);
    }

    /**
     * A pass with room for additional rows that pass the decoder only, such as latent points. They come after the rows
     * that pass the whole network and share its matrix products, which costs much less than separate products.
     *
     * @param latentRows largest number of additional rows
     */
    public Backpropagation(
            Engine engine,
            AutoencoderShape shape,
            @Nullable LinearBase base,
            int firstLayer,
            int capacity,
            int latentRows) {
        if (firstLayer != 0 && firstLayer != shape.codeLayer() + 1) {
            throw new IllegalArgumentException("`firstLayer` must be 0 or that after the code, %d (got %d)"
                    .formatted(shape.codeLayer() + 1, firstLayer));
        }
        this.engine = engine;
        this.firstLayer = firstLayer;
        this.codeLayer = shape.codeLayer();
        this.linear = base == null ? null : new LinearPart(engine, base);
        int layers = shape.layerCount();
        this.inputWidths = new int[layers];
        this.widths = new int[layers];
        this.rectified = new boolean[layers];
        this.activations = new float[layers][];
        this.deltas = new float[layers][];
        int largest = 0;
        for (int layer = firstLayer; layer < layers; layer++) {
            inputWidths[layer] = shape.layerInputWidth(layer);
            widths[layer] = shape.layerWidth(layer);
            rectified[layer] = shape.activation(layer) == Activation.RELU;
            int rows = layer < codeLayer ? capacity : Math.addExact(capacity, latentRows);
            activations[layer] = new float[Math.multiplyExact(rows, widths[layer])];
            deltas[layer] = new float[rows * widths[layer]];
            largest = Math.max(largest, deltas[layer].length);
        }
        this.columnSums = new ColumnSums(largest);
    }

    /**
     * Computes the output of all layers.
     *
     * @param input {@code [rows, width of the first layer's input]}; must not be changed before {@link #backward}
     * @return the output of the last layer, {@code [rows, inputWidth]}, overwritten by the next call
     */
    public float[] forward(LayerArrays parameters, float[] input, int rows) {
        return forward(parameters, input, rows, widths.length - 1);
    }

    /** Computes the output of the layers up to {@code lastLayer}, and returns that of {@code lastLayer}. */
    public float[] forward(LayerArrays parameters, float[] input, int rows, int lastLayer) {
        this.input = input;
        return forward(parameters, rows, firstLayer, lastLayer);
    }

    /**
     * Computes the output of the decoder, from the code of the last forward pass, which ended at the code layer, and
     * from additional rows that the caller wrote after it.
     *
     * @param rows number of rows in the {@link #activation} of the code layer, additional rows included
     * @return the output of the last layer, {@code [rows, inputWidth]}, overwritten by the next call
     */
    public float[] decode(LayerArrays parameters, int rows) {
        return forward(parameters, rows, codeLayer + 1, widths.length - 1);
    }

    private float[] forward(LayerArrays parameters, int rows, int firstLayer, int lastLayer) {
        for (int layer = firstLayer; layer <= lastLayer; layer++) {
            float[] activation = activations[layer];
            float scale = residualScale(layer);
            fillBiases(parameters.biases(layer), layer, rows, activation);
            engine.multiply(
                    false,
                    false,
                    rows,
                    widths[layer],
                    inputWidths[layer],
                    scale,
                    layerInput(layer),
                    parameters.weights(layer),
                    1,
                    activation);
            addLinearPart(layer, rows, activation);
            if (rectified[layer]) {
                Rectifier.rectify(activation, rows * widths[layer]);
            }
        }
        return activations[lastLayer];
    }

    private void fillBiases(float[] biases, int layer, int rows, float[] activation) {
        int width = widths[layer];
        System.arraycopy(biases, 0, activation, 0, width);
        if (linear != null && layer == codeLayer) {
            linear.addCodeBiases(activation);
        } else if (linear != null && isLast(layer)) {
            linear.addOutputBiases(activation);
        }
        // Each copy doubles the number of rows that are filled.
        int count = rows * width;
        for (int filled = width; filled < count; filled *= 2) {
            System.arraycopy(activation, 0, activation, filled, Math.min(filled, count - filled));
        }
    }

    private void addLinearPart(int layer, int rows, float[] activation) {
        if (linear != null && layer == codeLayer) {
            linear.addCode(layerInput(0), rows, activation);
        } else if (linear != null && isLast(layer)) {
            linear.addOutput(layerInput(codeLayer + 1), rows, activation);
        }
    }

    private boolean isLast(int layer) {
        return layer == widths.length - 1;
    }

    private float residualScale(int layer) {
        return linear != null && isLast(layer) ? linear.residualScale() : 1;
    }

    private float[] layerInput(int layer) {
        return layer == firstLayer ? input : activations[layer - 1];
    }

    /** The output of a layer in the last forward pass, {@code [rows, layerWidth]}, not a copy. */
    public float[] activation(int layer) {
        return activations[layer];
    }

    /** The array to which the caller writes the gradient with respect to the output, {@code [rows, inputWidth]}. */
    public float[] outputGradient() {
        return deltas[widths.length - 1];
    }

    /**
     * Propagates the output gradient back through the layers of the last forward pass; overwrites the output gradient.
     *
     * @param gradient receives the gradient with respect to the parameters of these layers
     * @param add whether to add to the values in {@code gradient} or to replace them
     */
    public void backward(LayerArrays parameters, int rows, LayerArrays gradient, boolean add) {
        backward(parameters, rows, 0, gradient, add);
    }

    /**
     * As {@link #backward(LayerArrays, int, LayerArrays, boolean)}, with additional rows that passed the decoder only.
     * No gradient with respect to these rows is computed.
     *
     * @param networkRows number of rows that passed the whole network
     * @param latentRows number of additional rows
     */
    public void backward(LayerArrays parameters, int networkRows, int latentRows, LayerArrays gradient, boolean add) {
        float keep = add ? 1 : 0;
        for (int layer = widths.length - 1; layer >= firstLayer; layer--) {
            int rows = layer > codeLayer ? networkRows + latentRows : networkRows;
            int width = widths[layer];
            int inputWidth = inputWidths[layer];
            float scale = residualScale(layer);
            float[] delta = deltas[layer];
            if (linear != null && layer == codeLayer) {
                linear.addCodeGradient(deltas[widths.length - 1], rows, delta);
            }
            if (rectified[layer]) {
                Rectifier.maskByDerivative(delta, activations[layer], rows * width);
            }
            engine.multiply(
                    true,
                    false,
                    inputWidth,
                    width,
                    rows,
                    scale,
                    layerInput(layer),
                    delta,
                    keep,
                    gradient.weights(layer));
            addBiasGradient(columnSums.of(delta, rows, width), scale, keep, gradient.biases(layer));
            if (layer > firstLayer) {
                engine.multiply(
                        false,
                        true,
                        layer - 1 > codeLayer ? rows : networkRows,
                        inputWidth,
                        width,
                        scale,
                        delta,
                        parameters.weights(layer),
                        0,
                        deltas[layer - 1]);
            }
        }
    }

    private static void addBiasGradient(float[] sums, float scale, float keep, float[] gradient) {
        for (int unit = 0; unit < gradient.length; unit++) {
            // The product of 0 and NaN is NaN.
            gradient[unit] = (keep == 0 ? 0 : gradient[unit]) + scale * sums[unit];
        }
    }
}
