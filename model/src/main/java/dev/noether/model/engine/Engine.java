package dev.noether.model.engine;

import dev.noether.model.autoencoder.Autoencoder;

/**
 * Matrix products, and networks made ready to run.
 *
 * <p>Matrices are row-major {@code float[]} that start at index 0 and may be longer than what is used. All engines give the
 * same numbers up to rounding; one engine gives the same bits for the same call on the same machine.
 *
 * <p>Not thread-safe: an engine and the reconstructions it made belong to one thread.
 */
public interface Engine extends AutoCloseable {

    /** What to call the engine in logs and provenance, such as {@code openblas}. */
    String name();

    /**
     * Computes {@code product = scale · op(left) · op(right) + keep · product}, where {@code op} transposes or does not.
     *
     * @param left {@code [rows, inner]}, or {@code [inner, rows]} if {@code transposeLeft}
     * @param right {@code [inner, columns]}, or {@code [columns, inner]} if {@code transposeRight}
     * @param keep how much of the former {@code product} stays; at 0 it is not read, so that a NaN in it does no harm
     * @param product {@code [rows, columns]}, not one of the factors
     * @throws IllegalArgumentException if a size is not positive or an array is too short
     */
    void multiply(
            boolean transposeLeft,
            boolean transposeRight,
            int rows,
            int columns,
            int inner,
            float scale,
            float[] left,
            float[] right,
            float keep,
            float[] product);

    /**
     * Makes a network ready to reconstruct up to {@code capacity} rows at a time; everything it needs is allocated here.
     *
     * @throws IllegalArgumentException if {@code capacity} is not positive
     */
    Reconstruction reconstruction(Autoencoder network, int capacity);

    /**
     * Gives native work memory back at once, where there is any; without it the garbage collector does. The reconstructions
     * that the engine made are closed on their own.
     */
    @Override
    default void close() {}
}
