package dev.noether.model.autoencoder;

import java.util.Optional;

/**
 * One layer as an engine computes it: {@code activation(x · W + b)}, or {@code activation(x · W + y · W′ + b)} if a
 * shortcut ends at the layer, with y the values where the shortcut starts. W and b contain all constant factors.
 *
 * <p>Immutable; made by {@link Autoencoder#layers}.
 */
public final class AffineLayer {
    private final int inputWidth;
    private final int width;
    private final float[] weights;
    private final float[] biases;
    private final Activation activation;
    private final Optional<Shortcut> shortcut;

    AffineLayer(
            int inputWidth,
            int width,
            float[] weights,
            float[] biases,
            Activation activation,
            Optional<Shortcut> shortcut) {
        this.inputWidth = inputWidth;
        this.width = width;
        this.weights = weights;
        this.biases = biases;
        this.activation = activation;
        this.shortcut = shortcut;
    }

    /**
     * A linear layer without a shortcut.
     *
     * @param inputWidth number of values that the layer reads
     * @param weights W, row-major {@code [inputWidth, biases.length]}; copied
     * @param biases b, one for each value of the output; copied
     * @throws IllegalArgumentException if the lengths do not fit together
     */
    public static AffineLayer linear(int inputWidth, float[] weights, float[] biases) {
        if (biases.length == 0 || weights.length != (long) inputWidth * biases.length) {
            throw new IllegalArgumentException("`weights` must hold `inputWidth` × `biases` values (got %d for %d × %d)"
                    .formatted(weights.length, inputWidth, biases.length));
        }
        return new AffineLayer(
                inputWidth, biases.length, weights.clone(), biases.clone(), Activation.LINEAR, Optional.empty());
    }

    /** This layer with the last values of its output only. */
    AffineLayer last(int values) {
        return new AffineLayer(
                inputWidth,
                values,
                lastColumns(weights, inputWidth, values),
                lastColumns(biases, 1, values),
                activation,
                shortcut.map(all ->
                        new Shortcut(all.source, all.inputWidth, lastColumns(all.weights, all.inputWidth, values))));
    }

    private static float[] lastColumns(float[] matrix, int rows, int columns) {
        int width = matrix.length / rows;
        float[] last = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(matrix, (row + 1) * width - columns, last, row * columns, columns);
        }
        return last;
    }

    /** Number of values that the layer reads. */
    public int inputWidth() {
        return inputWidth;
    }

    /** Number of values of the output. */
    public int width() {
        return width;
    }

    /** A copy of W, row-major {@code [inputWidth, width]}. */
    public float[] weights() {
        return weights.clone();
    }

    /** A copy of b, {@code [width]}. */
    public float[] biases() {
        return biases.clone();
    }

    /** The activation after the affine map. */
    public Activation activation() {
        return activation;
    }

    /** The shortcut that ends at this layer, if there is one. */
    public Optional<Shortcut> shortcut() {
        return shortcut;
    }

    /** A linear connection that skips layers. */
    public static final class Shortcut {
        private final int source;
        private final int inputWidth;
        private final float[] weights;

        Shortcut(int source, int inputWidth, float[] weights) {
            this.source = source;
            this.inputWidth = inputWidth;
            this.weights = weights;
        }

        /** The layer whose input the shortcut reads; 0 is the row itself. */
        public int source() {
            return source;
        }

        /** Number of values that the shortcut reads. */
        public int inputWidth() {
            return inputWidth;
        }

        /** A copy of W′, row-major {@code [inputWidth, width of the layer]}. */
        public float[] weights() {
            return weights.clone();
        }
    }
}
