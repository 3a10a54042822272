package dev.noether.model.symmetry;

import dev.noether.model.engine.Engine;

/**
 * Symmetry generators as a value: the matrices {@code G_k} of Eq. 12 and 13, each {@code width × width}, of some
 * structure. Before training the entries have mean 0 and a variance of the order {@code 1 / width}, whatever the
 * structure.
 *
 * <p>Immutable and thread-safe; two values are equal if they are equal bit for bit.
 */
public sealed interface Generators permits DenseGenerators, LowRankGenerators, DiagonalPlusLowRankGenerators {

    /** The structure of the matrices. */
    GeneratorStructure structure();

    /** Number of values in a point that the generators move (d). */
    int width();

    /** Number of generators (h). */
    int count();

    /** Number of parameters to train. */
    long parameterCount();

    /**
     * Size of the parameters in bytes. Training takes four times as much, with gradients and two moments of the
     * optimiser.
     */
    default long bytes() {
        return parameterCount() * Float.BYTES;
    }

    /** Number of multiplications that move one point by all generators. */
    long multiplicationsPerPoint();

    /**
     * The direction in which a generator moves a point: {@code G_k · point}, {@code [width]}.
     *
     * @throws IndexOutOfBoundsException if there is no such generator
     * @throws IllegalArgumentException if the width of the point is wrong
     */
    float[] direction(int generator, float[] point);

    /**
     * A trainable copy.
     *
     * @param engine the engine of the matrix products
     * @param capacity largest number of points of a call
     */
    TrainableGenerators trainable(Engine engine, int capacity);
}
