package dev.noether.model.autoencoder;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An autoencoder as a value: a shape, the parameters in the flat layout of {@link AutoencoderShape}, and for a residual
 * autoencoder the frozen linear base, to which its layers add a residual.
 *
 * <p>Immutable: parameters are copied in and out. Two autoencoders are equal if their shapes and bases are equal and
 * their parameters are equal bit for bit. An engine computes the reconstructions of an autoencoder.
 */
public final class Autoencoder {
    private final AutoencoderShape shape;
    private final float[] parameters;
    private final @Nullable LinearBase base;

    /**
     * An autoencoder with the given parameters.
     *
     * @param parameters flat, as many as {@link AutoencoderShape#parameterCount}; copied
     * @throws IllegalArgumentException if the number of parameters is wrong
     */
    public Autoencoder(AutoencoderShape shape, float[] parameters) {
        this(shape, parameters, null);
    }

    /**
     * A residual autoencoder with the given parameters.
     *
     * @param parameters flat, as many as {@link AutoencoderShape#parameterCount}; copied
     * @param base the linear base; null for none
     * @throws IllegalArgumentException if the number of parameters is wrong, the widths of the base differ from those
     *     of the shape, or the code of a network with a base is not linear
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
     * An autoencoder before training, see {@link InitialParameters}. Equal states of the random generator lead to equal
     * bits.
     */
    public static Autoencoder initialised(AutoencoderShape shape, RandomGenerator random) {
        return new Autoencoder(shape, InitialParameters.normal(shape, random));
    }

    /**
     * A residual autoencoder before training. The layers that add to the code and to the reconstruction are 0, so that
     * the network computes the same as its base; the other parameters are those of {@link #initialised}.
     *
     * @throws IllegalArgumentException if base and shape do not fit
     */
    public static Autoencoder residual(AutoencoderShape shape, LinearBase base, RandomGenerator random) {
        return new Autoencoder(shape, InitialParameters.residual(shape, random), base);
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

    /** The frozen linear base of a residual autoencoder. */
    public Optional<LinearBase> base() {
        return Optional.ofNullable(base);
    }

    /**
     * The layers that an engine has to compute. The linear part of a residual autoencoder is contained in them as
     * biases, factors and two shortcuts: from the row to the code, and from the code to the reconstruction.
     */
    public List<AffineLayer> layers() {
        return AffineLayers.of(this);
    }

    /**
     * The layers that an engine has to compute for the last values of a reconstruction only. If the layers of a
     * residual autoencoder add nothing to its base, the two layers of the base are enough.
     *
     * @param lastOutputs number of values, in [1, inputWidth]
     * @throws IllegalArgumentException if it is out of range
     */
    public List<AffineLayer> layers(int lastOutputs) {
        return AffineLayers.ofLastOutputs(this, lastOutputs);
    }

    /**
     * Whether this is a residual autoencoder whose layers add nothing to its base, so that it computes the same as the
     * base.
     */
    public boolean isBaseOnly() {
        return base != null && isZero(shape.codeLayer()) && isZero(shape.layerCount() - 1);
    }

    /**
     * The residual autoencoder without its residual: the layers that add to the code and to the reconstruction are 0.
     *
     * @throws IllegalStateException if there is no base
     */
    public Autoencoder baseAlone() {
        if (base == null) {
            throw new IllegalStateException("this autoencoder has no linear base to fall back on");
        }
        float[] withoutResidual = parameters.clone();
        for (int layer : new int[] {shape.codeLayer(), shape.layerCount() - 1}) {
            Arrays.fill(withoutResidual, shape.weightOffset(layer), shape.endOffset(layer), 0);
        }
        return new Autoencoder(shape, withoutResidual, base);
    }

    /**
     * The residual autoencoder with a smaller residual: the layers that add to the code and to the reconstruction are
     * multiplied by a share. With 1 the result equals this autoencoder; with 0 it computes the same as its base.
     *
     * @param share factor of the residual, in [0, 1]
     * @throws IllegalStateException if there is no base
     */
    public Autoencoder shrunk(double share) {
        if (base == null) {
            throw new IllegalStateException("this autoencoder has no linear base to shrink towards");
        }
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("`share` must be in [0, 1] (got %s)".formatted(share));
        }
        float[] smaller = parameters.clone();
        for (int layer : new int[] {shape.codeLayer(), shape.layerCount() - 1}) {
            int end = shape.endOffset(layer);
            for (int i = shape.weightOffset(layer); i < end; i++) {
                smaller[i] = (float) (share * smaller[i]);
            }
        }
        return new Autoencoder(shape, smaller, base);
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
}
