package dev.noether.model.autoencoder;

import static java.util.Objects.requireNonNull;

import dev.noether.model.autoencoder.AffineLayer.Shortcut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An autoencoder as a value: a shape and the parameters that go with it, in the flat layout of {@link AutoencoderShape}, and
 * for a residual autoencoder the frozen linear part that its layers add to.
 *
 * <p>Immutable: parameters are copied in and out. Two autoencoders are equal if their shapes and linear parts are and their
 * parameters are the same bit for bit. To compute with one, ask an engine for a reconstruction.
 */
public final class Autoencoder {
    private final AutoencoderShape shape;
    private final float[] parameters;
    private final @Nullable LinearBase base;

    /**
     * An autoencoder with the given parameters.
     *
     * @param parameters flat, as many as {@link AutoencoderShape#parameterCount}; copied
     * @throws IllegalArgumentException if the number of parameters is another
     */
    public Autoencoder(AutoencoderShape shape, float[] parameters) {
        this(shape, parameters, null);
    }

    /**
     * A residual autoencoder with the given parameters.
     *
     * @param parameters flat, as many as {@link AutoencoderShape#parameterCount}; copied
     * @param base the linear part; null for none
     * @throws IllegalArgumentException if the number of parameters is another, or the base is not of the shape's widths, or the
     *     code of a network with a base is not linear
     */
    public Autoencoder(AutoencoderShape shape, float[] parameters, @Nullable LinearBase base) {
        this.shape = requireNonNull(shape, "shape");
        if (parameters.length != shape.parameterCount()) {
            throw new IllegalArgumentException("`parameters` must hold %d values for the shape %s (got %d)"
                    .formatted(shape.parameterCount(), shape, parameters.length));
        }
        this.parameters = parameters.clone();
        this.base = base == null ? null : requireFit(base, shape);
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

    /**
     * A residual autoencoder before its training: as {@link #initialised}, but the layer that adds to the code and the one that
     * adds to the reconstruction are 0, so that the network is its base.
     *
     * @throws IllegalArgumentException if base and shape do not fit
     */
    public static Autoencoder residual(AutoencoderShape shape, LinearBase base, RandomGenerator random) {
        float[] parameters = initialised(shape, random).parameters;
        for (int layer : new int[] {shape.codeLayer(), shape.layerCount() - 1}) {
            int offset = shape.weightOffset(layer);
            Arrays.fill(parameters, offset, offset + shape.weightCount(layer), 0);
        }
        return new Autoencoder(shape, parameters, base);
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

    /** The frozen linear part, if this is a residual autoencoder. */
    public Optional<LinearBase> base() {
        return Optional.ofNullable(base);
    }

    /**
     * What there is to compute, layer by layer: the parameters, with the linear part as biases, factors and two shortcuts, one
     * from the row to the code and one from the code to the reconstruction.
     */
    public List<AffineLayer> layers() {
        List<AffineLayer> layers = new ArrayList<>();
        for (int layer = 0; layer < shape.layerCount(); layer++) {
            layers.add(layer(layer));
        }
        return layers;
    }

    /**
     * The same for who needs the last values of a reconstruction only, and cares for the result alone: where the layers of a
     * residual autoencoder add nothing, they are left out, and two products remain.
     *
     * @param lastOutputs how many, in [1, inputWidth]
     * @throws IllegalArgumentException if it is not
     */
    public List<AffineLayer> layers(int lastOutputs) {
        if (!(lastOutputs >= 1 && lastOutputs <= shape.inputWidth())) {
            throw new IllegalArgumentException("`lastOutputs` must be in [1, inputWidth = %d] (got %d)"
                    .formatted(shape.inputWidth(), lastOutputs));
        }
        List<AffineLayer> layers = isItsBase() ? baseLayers() : layers();
        int last = layers.size() - 1;
        layers.set(last, layers.get(last).last(lastOutputs));
        return layers;
    }

    /** Whether this is a residual autoencoder whose layers add nothing to its base: nothing was learned, or it was left out. */
    public boolean isItsBase() {
        return base != null && isZero(shape.codeLayer()) && isZero(shape.layerCount() - 1);
    }

    /**
     * The residual autoencoder without what its layers learned: the layers that would add to the code and to the
     * reconstruction are 0.
     *
     * @throws IllegalStateException if there is no base
     */
    public Autoencoder baseAlone() {
        if (base == null) {
            throw new IllegalStateException("this autoencoder has no linear base to fall back on");
        }
        float[] silenced = parameters.clone();
        for (int layer : new int[] {shape.codeLayer(), shape.layerCount() - 1}) {
            Arrays.fill(silenced, shape.weightOffset(layer), shape.endOffset(layer), 0);
        }
        return new Autoencoder(shape, silenced, base);
    }

    /**
     * The residual autoencoder with less of what its layers learned: the layer that adds to the code and the one that adds to the
     * reconstruction times a share. With 1 it is this one, with 0 it does what its base does.
     *
     * @param share in [0, 1]
     * @throws IllegalStateException if there is no base
     */
    public Autoencoder shrunk(double share) {
        if (base == null) {
            throw new IllegalStateException("this autoencoder has no linear base to shrink towards");
        }
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("`share` must be in [0, 1] (got %s)".formatted(share));
        }
        float[] less = parameters.clone();
        for (int layer : new int[] {shape.codeLayer(), shape.layerCount() - 1}) {
            int end = shape.endOffset(layer);
            for (int i = shape.weightOffset(layer); i < end; i++) {
                less[i] = (float) (share * less[i]);
            }
        }
        return new Autoencoder(shape, less, base);
    }

    private boolean isZero(int layer) {
        int end = shape.endOffset(layer);
        for (int i = shape.weightOffset(layer); i < end; i++) {
            if (parameters[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private List<AffineLayer> baseLayers() {
        LinearBase linear = requireNonNull(base);
        List<AffineLayer> layers = new ArrayList<>();
        layers.add(AffineLayer.linear(linear.width(), linear.encoderWeights(), linear.encoderBiases()));
        layers.add(AffineLayer.linear(linear.codeSize(), linear.decoderWeights(), linear.mean()));
        return layers;
    }

    private AffineLayer layer(int layer) {
        float[] weights = weights(layer);
        float[] biases = biases(layer);
        Shortcut shortcut = null;
        if (base != null && layer == shape.codeLayer()) {
            shortcut = new Shortcut(0, shape.inputWidth(), base.encoderWeights());
            addTo(biases, base.encoderBiases());
        } else if (base != null && layer == shape.layerCount() - 1) {
            shortcut = new Shortcut(shape.codeLayer() + 1, shape.codeSize(), base.decoderWeights());
            scale(weights, base.residualScale());
            scale(biases, base.residualScale());
            addTo(biases, base.mean());
        }
        return new AffineLayer(
                shape.layerInputWidth(layer),
                shape.layerWidth(layer),
                weights,
                biases,
                shape.activation(layer),
                Optional.ofNullable(shortcut));
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
                && Objects.equals(base, autoencoder.base)
                && Arrays.equals(parameters, autoencoder.parameters);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(parameters);
    }

    @Override
    public String toString() {
        return "Autoencoder[%s, %d parameters%s]"
                .formatted(shape, parameters.length, base == null ? "" : " on a linear base");
    }

    private static LinearBase requireFit(LinearBase base, AutoencoderShape shape) {
        if (base.width() != shape.inputWidth() || base.codeSize() != shape.codeSize()) {
            throw new IllegalArgumentException(
                    "`base` must have %d components of %d values for the shape %s (got %d of %d)"
                            .formatted(shape.codeSize(), shape.inputWidth(), shape, base.codeSize(), base.width()));
        }
        if (shape.codeActivation() != Activation.LINEAR) {
            throw new IllegalArgumentException("the code of a network with a linear base must be linear (got %s)"
                    .formatted(shape.codeActivation()));
        }
        return base;
    }

    private static void scale(float[] values, float factor) {
        for (int index = 0; index < values.length; index++) {
            values[index] *= factor;
        }
    }

    private static void addTo(float[] values, float[] summands) {
        for (int index = 0; index < values.length; index++) {
            values[index] += summands[index];
        }
    }
}
