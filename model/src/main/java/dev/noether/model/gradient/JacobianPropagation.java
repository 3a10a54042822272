package dev.noether.model.gradient;

import dev.noether.model.autoencoder.Activation;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.LinearBase;
import dev.noether.model.engine.Engine;

/**
 * The Jacobians of the encoder or of the decoder at points, and the gradient of a loss that depends on them.
 *
 * <p>In a region of its partition the map is affine, and its Jacobian is a product of the weights W_l and of diagonal
 * 0/1 matrices Q_l, the activation patterns, such as {@code A_D = W_L Q_{L−1} W_{L−1} … Q_1 W_1} (plus the constant of
 * a linear base). The code, of size h, is the narrowest layer of both maps, and the product is computed from there with
 * h rows for each point: forwards for the decoder, {@code A_Dᵀ}; backwards for the encoder, {@code A_E}. Both are
 * {@code [points × h, d]}, with d values in a row. The patterns are piecewise constant, so that for a loss with
 * derivative ∂J
 *
 * <pre>{@code ∂W_l = (left product)ᵀ ∂J (right product)ᵀ}</pre>
 *
 * <p>and the gradient with respect to the biases is 0. Allocates nothing per call. Not thread-safe.
 */
public final class JacobianPropagation {
    private final Engine engine;
    private final int codeSize;
    private final boolean backwards;
    /** By step, the layer whose weights it multiplies by. */
    private final int[] layers;
    /** By step, the layer whose pattern masks its values, −1 for none. Index 0 is the start, before the first step. */
    private final int[] patterns;
    /** By step, the number of values of a row after it. Index 0 is the start, before the first step. */
    private final int[] widths;

    private final float lastScale;
    private final float[] constant;
    private final float[][] values;
    private final float[][] deltas;

    private JacobianPropagation(Engine engine, Autoencoder network, boolean backwards, int capacity) {
        AutoencoderShape shape = network.shape();
        int steps = backwards ? shape.codeLayer() + 1 : shape.layerCount() - shape.codeLayer() - 1;
        int rows = Math.multiplyExact(capacity, shape.codeSize());
        this.engine = engine;
        this.codeSize = shape.codeSize();
        this.backwards = backwards;
        this.layers = new int[steps];
        this.patterns = new int[steps + 1];
        this.widths = new int[steps + 1];
        this.values = new float[steps + 1][];
        this.deltas = new float[steps + 1][];
        this.lastScale =
                backwards ? 1 : network.base().map(LinearBase::residualScale).orElse(1f);
        this.constant = network.base().map(base -> constant(base, backwards)).orElse(new float[0]);
        for (int step = 0; step <= steps; step++) {
            // The layer whose output has the width of this step.
            int layer = backwards ? shape.codeLayer() - step : shape.codeLayer() + step;
            boolean masked = layer >= 0 && shape.activation(layer) == Activation.RELU && (backwards || step > 0);
            patterns[step] = masked ? layer : -1;
            widths[step] = layer < 0 ? shape.inputWidth() : shape.layerWidth(layer);
            values[step] = new float[Math.multiplyExact(rows, widths[step])];
            deltas[step] = new float[rows * widths[step]];
            if (step < steps) {
                layers[step] = backwards ? layer : layer + 1;
            }
        }
    }

    /** Jacobians of codes with respect to rows, {@code [points × codeSize, inputWidth]}. */
    public static JacobianPropagation ofEncoder(Engine engine, Autoencoder network, int capacity) {
        return new JacobianPropagation(engine, network, true, capacity);
    }

    /** Transposed Jacobians of reconstructions with respect to codes, {@code [points × codeSize, inputWidth]}. */
    public static JacobianPropagation ofDecoder(Engine engine, Autoencoder network, int capacity) {
        return new JacobianPropagation(engine, network, false, capacity);
    }

    /** The Jacobian of a linear base, {@code [codeSize, inputWidth]}. */
    private static float[] constant(LinearBase base, boolean ofEncoder) {
        if (!ofEncoder) {
            return base.decoderWeights();
        }
        float[] weights = base.encoderWeights();
        float[] transposed = new float[weights.length];
        for (int index = 0; index < weights.length; index++) {
            transposed[index % base.codeSize() * base.width() + index / base.codeSize()] = weights[index];
        }
        return transposed;
    }

    /**
     * Computes the Jacobians.
     *
     * @param pass the pass whose last forward pass was at these points and reached the last layer with a ReLU
     * @param points number of points, at most the capacity
     * @return {@code [points × codeSize, inputWidth]}, overwritten by the next call
     */
    public float[] forward(LayerArrays parameters, Backpropagation pass, int points) {
        int rows = points * codeSize;
        float[] identity = values[0];
        for (int index = 0; index < rows * codeSize; index++) {
            identity[index] = index / codeSize % codeSize == index % codeSize ? 1 : 0;
        }
        mask(pass, 0, rows, identity);
        for (int step = 1; step < widths.length; step++) {
            boolean last = step == widths.length - 1;
            float keep = last && constant.length > 0 ? 1 : 0;
            if (keep > 0) {
                for (int point = 0; point < points; point++) {
                    System.arraycopy(constant, 0, values[step], point * constant.length, constant.length);
                }
            }
            float[] weights = parameters.weights(layers[step - 1]);
            engine.multiply(
                    false,
                    backwards,
                    rows,
                    widths[step],
                    widths[step - 1],
                    scale(step),
                    values[step - 1],
                    weights,
                    keep,
                    values[step]);
            mask(pass, step, rows, values[step]);
        }
        return values[widths.length - 1];
    }

    /** The array to which the caller writes the gradient with respect to the Jacobians, in their layout. */
    public float[] outputGradient() {
        return deltas[widths.length - 1];
    }

    /**
     * Adds the gradient with respect to the weights to {@code gradient}; overwrites the output gradient.
     *
     * @param pass the argument of the last {@link #forward}; it must not have been used since
     * @param points the argument of the last {@link #forward}
     */
    public void backward(LayerArrays parameters, Backpropagation pass, int points, LayerArrays gradient) {
        int rows = points * codeSize;
        for (int step = widths.length - 1; step > 0; step--) {
            int layer = layers[step - 1];
            int width = widths[step];
            int before = widths[step - 1];
            mask(pass, step, rows, deltas[step]);
            float[] left = backwards ? deltas[step] : values[step - 1];
            float[] right = backwards ? values[step - 1] : deltas[step];
            engine.multiply(
                    true,
                    false,
                    backwards ? width : before,
                    backwards ? before : width,
                    rows,
                    scale(step),
                    left,
                    right,
                    1,
                    gradient.weights(layer));
            if (step > 1) {
                engine.multiply(
                        false,
                        !backwards,
                        rows,
                        before,
                        width,
                        scale(step),
                        deltas[step],
                        parameters.weights(layer),
                        0,
                        deltas[step - 1]);
            }
        }
    }

    private float scale(int step) {
        return step == widths.length - 1 ? lastScale : 1;
    }

    /** Multiplies by the pattern: sets the values of inactive units to 0. */
    private void mask(Backpropagation pass, int step, int rows, float[] matrix) {
        if (patterns[step] < 0) {
            return;
        }
        int width = widths[step];
        float[] activation = pass.activation(patterns[step]);
        for (int row = 0; row < rows; row++) {
            Rectifier.maskByDerivative(matrix, row * width, activation, row / codeSize * width, width);
        }
    }
}
