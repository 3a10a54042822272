package dev.noether.model.gradient;

import dev.noether.model.autoencoder.Activation;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.LinearBase;
import dev.noether.model.engine.Engine;
import org.jspecify.annotations.Nullable;

/**
 * Forward and backward pass through the layers of a network from a first one to the last: the whole network, or its decoder
 * alone. Keeps the activations of the forward pass for the backward one. Allocates nothing per call. Not thread-safe.
 *
 * <p>In a residual autoencoder the code is {@code encoder(x) + x · E + e} and the reconstruction
 * {@code ρ · decoder(z) + z · F + μ}, with E, e, F, μ and ρ of the frozen {@link LinearBase}; the gradient of the code then is
 * what comes back through the layers of the decoder plus {@code ∂D · Fᵀ}.
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
    private final @Nullable BaseMatrices base;
    private final ColumnSums columnSums;
    private float[] input = {};

    /** What a linear base adds. */
    private static final class BaseMatrices {
        private final float[] encoderWeights;
        private final float[] encoderBiases;
        private final float[] decoderWeights;
        private final float[] mean;
        private final float residualScale;

        BaseMatrices(LinearBase base) {
            this.encoderWeights = base.encoderWeights();
            this.encoderBiases = base.encoderBiases();
            this.decoderWeights = base.decoderWeights();
            this.mean = base.mean();
            this.residualScale = base.residualScale();
        }
    }

    /**
     * Passes through the layers of a network's form.
     *
     * @param base the linear part of a residual autoencoder, null for none
     * @param firstLayer 0 for the whole network, {@code shape.codeLayer() + 1} for the decoder
     * @param capacity largest number of rows of a pass
     */
    public Backpropagation(
            Engine engine, AutoencoderShape shape, @Nullable LinearBase base, int firstLayer, int capacity) {
        this(engine, shape, base, firstLayer, capacity, 0);
    }

    /**
     * The same with room for rows that only the decoder passes, behind those of the whole network: their share of each matrix
     * product costs much less than products of their own would.
     *
     * @param latentRows largest number of such rows
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
        this.base = base == null ? null : new BaseMatrices(base);
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
     * Runs rows through the layers.
     *
     * @param input {@code [rows, width of the first layer's input]}; must stay as it is until {@link #backward}
     * @return the output of the last layer, {@code [rows, inputWidth]}, overwritten by the next call
     */
    public float[] forward(LayerArrays parameters, float[] input, int rows) {
        return forward(parameters, input, rows, widths.length - 1);
    }

    /** The same up to a layer, of which it gives the output; the layers behind it keep what they had. */
    public float[] forward(LayerArrays parameters, float[] input, int rows, int lastLayer) {
        this.input = input;
        return forward(parameters, rows, firstLayer, lastLayer);
    }

    /**
     * Goes on from the code of the last forward pass, which ended there, and of rows that were written behind its own.
     *
     * @param rows of the {@link #activation} of the code layer, all of them
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
                rectify(activation, rows * widths[layer]);
            }
        }
        return activations[lastLayer];
    }

    private void fillBiases(float[] biases, int layer, int rows, float[] activation) {
        int width = widths[layer];
        System.arraycopy(biases, 0, activation, 0, width);
        if (base != null && layer == codeLayer) {
            for (int unit = 0; unit < width; unit++) {
                activation[unit] += base.encoderBiases[unit];
            }
        } else if (base != null && isLast(layer)) {
            for (int unit = 0; unit < width; unit++) {
                activation[unit] = base.residualScale * activation[unit] + base.mean[unit];
            }
        }
        // Twice as many with each copy.
        int count = rows * width;
        for (int filled = width; filled < count; filled *= 2) {
            System.arraycopy(activation, 0, activation, filled, Math.min(filled, count - filled));
        }
    }

    private void addLinearPart(int layer, int rows, float[] activation) {
        if (base == null) {
            return;
        }
        int width = widths[layer];
        if (layer == codeLayer) {
            engine.multiply(
                    false, false, rows, width, inputWidths[0], 1, layerInput(0), base.encoderWeights, 1, activation);
        } else if (isLast(layer)) {
            int codeSize = inputWidths[codeLayer + 1];
            float[] code = layerInput(codeLayer + 1);
            engine.multiply(false, false, rows, width, codeSize, 1, code, base.decoderWeights, 1, activation);
        }
    }

    private boolean isLast(int layer) {
        return layer == widths.length - 1;
    }

    private float residualScale(int layer) {
        return base != null && isLast(layer) ? base.residualScale : 1;
    }

    private float[] layerInput(int layer) {
        return layer == firstLayer ? input : activations[layer - 1];
    }

    /** What a layer gave in the last forward pass, {@code [rows, layerWidth]}. */
    public float[] activation(int layer) {
        return activations[layer];
    }

    /** Where to put the gradient with respect to the output before {@link #backward}, {@code [rows, inputWidth]}. */
    public float[] outputGradient() {
        return deltas[widths.length - 1];
    }

    /**
     * Takes the output gradient back through the layers of the last forward pass.
     *
     * @param gradient receives the gradient of these layers
     * @param add whether to add to what {@code gradient} holds or to replace it
     */
    public void backward(LayerArrays parameters, int rows, LayerArrays gradient, boolean add) {
        backward(parameters, rows, 0, gradient, add);
    }

    /**
     * The same where rows that only the decoder passed stand behind the others; nothing flows back into them.
     *
     * @param latentRows how many
     */
    public void backward(LayerArrays parameters, int networkRows, int latentRows, LayerArrays gradient, boolean add) {
        float keep = add ? 1 : 0;
        for (int layer = widths.length - 1; layer >= firstLayer; layer--) {
            int rows = layer > codeLayer ? networkRows + latentRows : networkRows;
            int width = widths[layer];
            int inputWidth = inputWidths[layer];
            float scale = residualScale(layer);
            float[] delta = deltas[layer];
            if (layer == codeLayer) {
                addCodeGradient(rows);
            }
            if (rectified[layer]) {
                maskByDerivative(delta, activations[layer], rows * width);
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

    /** What reaches the code past the layers of the decoder. */
    private void addCodeGradient(int rows) {
        if (base != null) {
            int last = widths.length - 1;
            engine.multiply(
                    false,
                    true,
                    rows,
                    widths[codeLayer],
                    widths[last],
                    1,
                    deltas[last],
                    base.decoderWeights,
                    1,
                    deltas[codeLayer]);
        }
    }

    private static void rectify(float[] values, int count) {
        for (int index = 0; index < count; index++) {
            values[index] = Math.max(0f, values[index]);
        }
    }

    /**
     * Multiplies by exactly 1 where a rectified value is positive, be it subnormal, and by 0 where it is 0. A comparison would not
     * become vector instructions, and the branch in its stead is mispredicted half of the time.
     */
    private static void maskByDerivative(float[] delta, float[] activation, int count) {
        for (int index = 0; index < count; index++) {
            delta[index] *= Math.min(1f, activation[index] * 1e38f * 1e38f);
        }
    }

    /** The same for parts of arrays, which costs more: a loop at offsets does not become vector instructions. */
    static void maskByDerivative(float[] delta, int offset, float[] activation, int activationOffset, int count) {
        for (int index = 0; index < count; index++) {
            delta[offset + index] *= Math.min(1f, activation[activationOffset + index] * 1e38f * 1e38f);
        }
    }

    private static void addBiasGradient(float[] sums, float scale, float keep, float[] gradient) {
        for (int unit = 0; unit < gradient.length; unit++) {
            // Not a product with 0, which would keep a NaN.
            gradient[unit] = (keep == 0 ? 0 : gradient[unit]) + scale * sums[unit];
        }
    }
}
