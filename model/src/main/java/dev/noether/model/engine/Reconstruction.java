package dev.noether.model.engine;

/**
 * The computation of a network, ready to run: it reads rows and writes their reconstructions, without allocation.
 *
 * <p>Rows do not influence each other, except in the last bits: a BLAS may sum in another order for another number of
 * rows. A NaN or an infinite input affects the output of its own row only.
 *
 * <p>Not thread-safe; use it on the thread of the engine that made it, and not after {@link #close}.
 */
public interface Reconstruction extends AutoCloseable {

    /**
     * Reconstructs rows.
     *
     * @param input row-major {@code [rows, inputWidth]}, may be longer; not changed
     * @param rows number of rows, from 0 to the capacity
     * @param output row-major {@code [rows, outputWidth]}, may be longer; values beyond are not changed
     * @throws IllegalArgumentException if {@code rows} is out of range or an array is too short
     */
    void run(float[] input, int rows, float[] output);

    /** Number of values in a row of the output. */
    int outputWidth();

    /** The largest number of rows of one {@link #run}. */
    int capacity();

    /** Frees native memory. Closing twice has no effect. */
    @Override
    void close();
}
