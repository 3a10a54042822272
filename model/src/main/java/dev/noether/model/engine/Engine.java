package dev.noether.model.engine;

import dev.noether.model.autoencoder.AffineLayer;
import dev.noether.model.autoencoder.Autoencoder;
import java.util.List;

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
    default Reconstruction reconstruction(Autoencoder network, int capacity) {
        return reconstruction(network, capacity, network.shape().inputWidth());
    }

    /**
     * Makes a network ready to reconstruct the last values of each row only: who looks at the newest row of a window need
     * not pay for the others.
     *
     * @param network the network
     * @param capacity the largest number of rows of one run
     * @param lastOutputs how many values of each row are reconstructed; the others are left out of the output
     * @throws IllegalArgumentException if {@code capacity} is not positive, or {@code lastOutputs} is not in
     *     [1, inputWidth]
     */
    default Reconstruction reconstruction(Autoencoder network, int capacity, int lastOutputs) {
        return chain(network.layers(lastOutputs), capacity);
    }

    /**
     * Makes layers ready to run one after another on up to {@code capacity} rows at a time; everything they need is
     * allocated here.
     *
     * @param layers at least one; each reads what the one before it gives
     * @param capacity the largest number of rows of one run
     * @throws IllegalArgumentException if {@code capacity} is not positive
     */
    Reconstruction chain(List<AffineLayer> layers, int capacity);

    /**
     * Gives native work memory back at once, where there is any; without it the garbage collector does. The reconstructions
     * that the engine made are closed on their own.
     */
    @Override
    default void close() {}
}
