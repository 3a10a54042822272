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
