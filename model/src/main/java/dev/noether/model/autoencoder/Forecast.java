package dev.noether.model.autoencoder;

import java.util.Arrays;
import java.util.List;

/**
 * A forecast: an affine map from the rows before a row to the expected values of that row.
 *
 * <p>Immutable: arrays are copied in and out. Two forecasts are equal if they are equal bit for bit.
 */
public final class Forecast {
    private final int rows;
    private final float[] weights;
    private final float[] biases;

    /**
     * A forecast with the given parameters.
     *
     * @param rows number of rows that it reads, at least 1
     * @param weights row-major {@code [rows × features, features]}, oldest row first
     * @param biases {@code [features]}
     * @throws IllegalArgumentException if the lengths do not fit together or a number is not finite
     */
    public Forecast(int rows, float[] weights, float[] biases) {
        if (rows < 1 || biases.length == 0 || weights.length != (long) rows * biases.length * biases.length) {
            throw new IllegalArgumentException(
                    "`weights` must hold `rows` × features × features values (got %d for %d × %d × %d)"
                            .formatted(weights.length, rows, biases.length, biases.length));
        }
        requireFinite("weights", weights);
        requireFinite("biases", biases);
        this.rows = rows;
        this.weights = weights.clone();
        this.biases = biases.clone();
    }

    /** Number of rows that the forecast reads. */
    public int rows() {
        return rows;
    }

    /** The number of features. */
    public int features() {
        return biases.length;
    }

    /** A copy of the weights, row-major {@code [rows × features, features]}. */
    public float[] weights() {
        return weights.clone();
    }

    /** A copy of the biases, {@code [features]}. */
    public float[] biases() {
        return biases.clone();
    }

    /** The layers that an engine has to compute: a single one. */
    public List<AffineLayer> layers() {
        return List.of(AffineLayer.linear(rows * biases.length, weights, biases));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Forecast that
                && rows == that.rows
                && Arrays.equals(weights, that.weights)
                && Arrays.equals(biases, that.biases);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(weights) + Arrays.hashCode(biases);
    }

    @Override
    public String toString() {
        return "Forecast[%d features from %d rows]".formatted(biases.length, rows);
    }

    private static void requireFinite(String name, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("`%s` must be finite (got %s)".formatted(name, value));
            }
        }
    }
}
