package dev.noether.model.autoencoder;

import java.util.Arrays;

/**
 * The frozen linear base of a residual autoencoder: a linear autoencoder, to whose code and reconstruction the trained
 * layers add a residual.
 *
 * <p>With the mean μ, the components V, the diagonal matrix of scales S, the residual scale ρ, a row x of width d and a
 * code z of size h, the residual autoencoder computes
 *
 * <pre>{@code
 * z = S⁻¹ Vᵀ (x − μ) + encoder(x)        D(z) = μ + V S z + ρ · decoder(z)
 * }</pre>
 *
 * <p>Encoder and decoder are piecewise affine, and the reconstruction depends on x through the code only. If V are the
 * principal components, S the standard deviations along them, and the output of the layers is 0, then the network is
 * the best linear autoencoder. Written with weights and biases for rows, the linear parts are {@code x · E + e} with
 * {@code E = V S⁻¹} and {@code e = − S⁻¹ Vᵀ μ}, and {@code z · F + μ} with {@code F = S Vᵀ}.
 *
 * <p>Immutable: arrays are copied in and out. Two bases are equal if they are equal bit for bit.
 */
public final class LinearBase {
    private final int codeSize;
    private final float[] mean;
    private final float[] components;
    private final float[] scales;
    private final float residualScale;

    /**
     * A base with the given parts.
     *
     * @param mean μ, {@code [width]}
     * @param components V, row-major {@code [width, codeSize]}, orthonormal columns
     * @param scales the diagonal of S, {@code [codeSize]}, each above 0: the size of a code unit in the unit of the
     *     rows
     * @param residualScale ρ, at least 0: the factor of the output of the decoder's layers
     * @throws IllegalArgumentException if the lengths do not fit together or a number is not finite or out of range
     */
    public LinearBase(float[] mean, float[] components, float[] scales, float residualScale) {
        this.codeSize = scales.length;
        this.mean = requireFinite("mean", mean).clone();
        this.components = requireFinite("components", components).clone();
        this.scales = requireFinite("scales", scales).clone();
        this.residualScale = residualScale;
        if (mean.length == 0 || scales.length == 0 || components.length != (long) mean.length * scales.length) {
            throw new IllegalArgumentException(
                    "`components` must hold `mean` × `scales` values, at least one (got %d for %d × %d)"
                            .formatted(components.length, mean.length, scales.length));
        }
        for (float scale : scales) {
            if (!(scale > 0)) {
                throw new IllegalArgumentException("`scales` must be above 0 (got %s)".formatted(scale));
            }
        }
        if (!(residualScale >= 0 && residualScale < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "`residualScale` must be finite and at least 0 (got %s)".formatted(residualScale));
        }
    }

    /** Number of values in a row (d). */
    public int width() {
        return mean.length;
    }

    /** Number of components (h). */
    public int codeSize() {
        return codeSize;
    }

    /** A copy of μ, {@code [width]}. */
    public float[] mean() {
        return mean.clone();
    }

    /** A copy of V, row-major {@code [width, codeSize]}. */
    public float[] components() {
        return components.clone();
    }

    /** A copy of the diagonal of S, {@code [codeSize]}. */
    public float[] scales() {
        return scales.clone();
    }

    /** ρ, the factor of the output of the decoder's layers. */
    public float residualScale() {
        return residualScale;
    }

    /** The encoder weights {@code E = V S⁻¹}, row-major {@code [width, codeSize]}. */
    public float[] encoderWeights() {
        float[] weights = components.clone();
        for (int index = 0; index < weights.length; index++) {
            weights[index] /= scales[index % codeSize];
        }
        return weights;
    }

    /** The encoder biases {@code e = − S⁻¹ Vᵀ μ}, {@code [codeSize]}. */
    public float[] encoderBiases() {
        double[] sums = new double[codeSize];
        for (int index = 0; index < components.length; index++) {
            sums[index % codeSize] -= (double) components[index] * mean[index / codeSize];
        }
        float[] biases = new float[codeSize];
        for (int unit = 0; unit < codeSize; unit++) {
            biases[unit] = (float) (sums[unit] / scales[unit]);
        }
        return biases;
    }

    /** The decoder weights {@code F = S Vᵀ}, row-major {@code [codeSize, width]}. */
    public float[] decoderWeights() {
        int width = mean.length;
        float[] weights = new float[components.length];
        for (int unit = 0; unit < codeSize; unit++) {
            for (int column = 0; column < width; column++) {
                weights[unit * width + column] = scales[unit] * components[column * codeSize + unit];
            }
        }
        return weights;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LinearBase base
                && Arrays.equals(mean, base.mean)
                && Arrays.equals(components, base.components)
                && Arrays.equals(scales, base.scales)
                && Float.compare(residualScale, base.residualScale) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(mean) + Arrays.hashCode(components)) + Arrays.hashCode(scales);
    }

    @Override
    public String toString() {
        return "LinearBase[%d components of %d values, residual scale %s]"
                .formatted(codeSize, mean.length, residualScale);
    }

    private static float[] requireFinite(String name, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("`%s` must be finite (got %s)".formatted(name, value));
            }
        }
        return values;
    }
}
