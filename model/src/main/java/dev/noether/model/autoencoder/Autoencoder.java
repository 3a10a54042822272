package dev.noether.model.autoencoder;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * An autoencoder as a value: a shape and the parameters that go with it, in the flat layout of {@link AutoencoderShape}.
 *
 * <p>Immutable: parameters are copied in and out. Two autoencoders are equal if their shapes are and their parameters are
 * the same bit for bit. To compute with one, ask an engine for a reconstruction.
 */
public final class Autoencoder {
    private final AutoencoderShape shape;
    private final float[] parameters;

    /**
     * An autoencoder with the given parameters.
     *
     * @param parameters flat, as many as {@link AutoencoderShape#parameterCount}; copied
     * @throws IllegalArgumentException if the number of parameters is another
     */
    public Autoencoder(AutoencoderShape shape, float[] parameters) {
        this.shape = requireNonNull(shape, "shape");
        if (parameters.length != shape.parameterCount()) {
            throw new IllegalArgumentException("`parameters` must hold %d values for the shape %s (got %d)"
                    .formatted(shape.parameterCount(), shape, parameters.length));
        }
        this.parameters = parameters.clone();
    }

    /**
     * An autoencoder before its training: biases zero, weights normal with variance {@code 2 / layerInputWidth} where a ReLU
     * follows (He et al. 2015) and {@code 1 / layerInputWidth} where none does, so that a row keeps its size on the way
     * through. The same generator in the same state gives the same bits.
     */
    public static Autoencoder initialised(AutoencoderShape shape, RandomGenerator random) {
        float[] parameters = new float[shape.parameterCount()];
        for (int layer = 0; layer < shape.layerCount(); layer++) {
            double gain = shape.activation(layer) == Activation.RELU ? 2 : 1;
            double deviation = Math.sqrt(gain / shape.layerInputWidth(layer));
            int offset = shape.weightOffset(layer);
            for (int index = 0; index < shape.weightCount(layer); index++) {
                parameters[offset + index] = (float) (deviation * random.nextGaussian());
            }
        }
        return new Autoencoder(shape, parameters);
    }

    /** The widths and the layout of the parameters. */
    public AutoencoderShape shape() {
        return shape;
    }

    /** A copy of all parameters, in the layout of the shape. */
    public float[] parameters() {
        return parameters.clone();
    }

    /** A copy of the weights of a layer, row-major {@code [layerInputWidth, layerWidth]}. */
    public float[] weights(int layer) {
        int offset = shape.weightOffset(layer);
        return Arrays.copyOfRange(parameters, offset, offset + shape.weightCount(layer));
    }

    /** A copy of the biases of a layer, {@code [layerWidth]}. */
    public float[] biases(int layer) {
        int offset = shape.biasOffset(layer);
        return Arrays.copyOfRange(parameters, offset, offset + shape.layerWidth(layer));
    }

    /** Whether no parameter is infinite or NaN. */
    public boolean allFinite() {
        for (float parameter : parameters) {
            if (!Float.isFinite(parameter)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Autoencoder autoencoder
                && shape.equals(autoencoder.shape)
                && Arrays.equals(parameters, autoencoder.parameters);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(parameters);
    }

    @Override
    public String toString() {
        return "Autoencoder[%s, %d parameters]".formatted(shape, parameters.length);
    }
}
