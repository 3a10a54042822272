package dev.noether.model.engine;

import dev.noether.model.autoencoder.AffineLayer;
import dev.noether.model.autoencoder.Autoencoder;
import java.util.List;
import java.util.Optional;

/**
 * Computes matrix products, and makes reconstructions of networks.
 *
 * <p>Matrices are row-major {@code float[]} that start at index 0; longer arrays are allowed. All engines compute the
 * same numbers up to rounding. One engine computes the same bits for the same call on the same machine.
 *
 * <p>Not thread-safe: use an engine and its reconstructions on one thread.
 */
public interface Engine extends AutoCloseable {

    /** The name of the engine in logs and provenance, such as {@code openblas}. */
    String name();

    /** Why a GPU that was to be used is not, or no longer; empty if the engine is the one that was chosen. */
    default Optional<String> fallback() {
        return Optional.empty();
    }

    /**
     * Computes {@code product = scale · op(left) · op(right) + keep · product}, where {@code op} transposes its matrix
     * or is the identity.
     *
     * @param left {@code [rows, inner]}, or {@code [inner, rows]} if {@code transposeLeft}
     * @param right {@code [inner, columns]}, or {@code [columns, inner]} if {@code transposeRight}
     * @param scale factor of the new product
     * @param keep factor of the former {@code product}; if 0, the former values are not read, so that they may be NaN
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
     * Prepares the reconstruction of rows by a network; allocates everything that its runs need.
     *
     * @param network the network
     * @param capacity largest number of rows of one run
     * @throws IllegalArgumentException if {@code capacity} is not positive
     */
    default Reconstruction reconstruction(Autoencoder network, int capacity) {
        return reconstruction(network, capacity, network.shape().inputWidth());
    }

    /**
     * Prepares the reconstruction of the last values of each row only, such as those of the newest row of a window. The
     * other values are not computed.
     *
     * @param network the network
     * @param capacity largest number of rows of one run
     * @param lastOutputs number of values of each row to reconstruct; the output has this width
     * @throws IllegalArgumentException if {@code capacity} is not positive, or {@code lastOutputs} is not in [1,
     *     inputWidth]
     */
    default Reconstruction reconstruction(Autoencoder network, int capacity, int lastOutputs) {
        return chain(network.layers(lastOutputs), capacity);
    }

    /**
     * Prepares a run of layers one after another; allocates everything that its runs need.
     *
     * @param layers at least one; each reads the output of the one before it
     * @param capacity largest number of rows of one run
     * @throws IllegalArgumentException if {@code capacity} is not positive
     */
    Reconstruction chain(List<AffineLayer> layers, int capacity);

    /**
     * Frees the native memory of the engine at once; without this call the garbage collector frees it. It does not
     * close the reconstructions of the engine.
     */
    @Override
    default void close() {}
}
