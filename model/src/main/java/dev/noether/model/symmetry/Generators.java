package dev.noether.model.symmetry;

import dev.noether.model.engine.Engine;

/**
 * Symmetry generators as a value: matrices {@code G_k}, each {@code width × width}, of some structure (G_k of Eq. 12
 * and 13). All structures have entries of mean 0 and variance of the order {@code 1 / width} before they are learned.
 *
 * <p>Immutable and thread-safe; two are equal if they are the same bit for bit.
 */
public sealed interface Generators permits DenseGenerators, LowRankGenerators, DiagonalPlusLowRankGenerators {

    /** What form the matrices have. */
    GeneratorStructure structure();

    /** Number of values in a point that the generators move (d). */
    int width();

    /** Number of generators (h). */
    int count();

    /** How many free numbers there are to learn. */
    long parameterCount();

    /** Bytes that they take; training takes four times as much, for gradients and the two moments of the optimiser. */
    default long bytes() {
        return parameterCount() * Float.BYTES;
    }

    /** Number of multiplications to move one point by all generators. */
    long multiplicationsPerPoint();

    /**
     * Where a generator pulls a point: {@code G_k · point}, {@code [width]}.
     *
     * @throws IndexOutOfBoundsException if there is no such generator
     * @throws IllegalArgumentException if the point has another width
     */
    float[] direction(int generator, float[] point);

    /**
     * A copy to be trained, with room for points.
     *
     * @param capacity largest number of points at a time
     */
    TrainableGenerators trainable(Engine engine, int capacity);
}
