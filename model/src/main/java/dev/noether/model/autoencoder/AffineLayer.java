package dev.noether.model.autoencoder;

import java.util.Optional;

/**
 * One layer as an engine computes it, all constant factors folded in: {@code activation(x · W + b)}, and where a shortcut
 * ends here {@code activation(x · W + y · W′ + b)} with y the values where the shortcut starts.
 *
 * <p>Immutable; made by {@link Autoencoder#layers}, for the caller alone.
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
     * A layer without a rectification.
     *
     * @param inputWidth values that it reads
     * @param weights row-major {@code [inputWidth, biases.length]}; copied
     * @param biases one for each value that it gives; copied
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

    /** The same layer with its last values only. */
    AffineLayer last(int values) {
        return new AffineLayer(
                inputWidth,
                values,
                lastColumns(weights, inputWidth, values),
                lastColumns(biases, 1, values),
                activation,
                shortcut.map(way ->
                        new Shortcut(way.source, way.inputWidth, lastColumns(way.weights, way.inputWidth, values))));
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

    /** Number of values that the layer gives. */
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

    /** What follows the affine map. */
    public Activation activation() {
        return activation;
    }

    /** The shortcut that ends here, if one does. */
    public Optional<Shortcut> shortcut() {
        return shortcut;
    }

    /** A linear way around layers. */
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

        /** Number of values that it reads. */
        public int inputWidth() {
            return inputWidth;
        }

        /** A copy of W′, row-major {@code [inputWidth, width of the layer]}. */
        public float[] weights() {
            return weights.clone();
        }
    }
}
