package dev.noether.model.engine;

/**
 * A network at work: rows in, their reconstructions out, in memory that was set aside beforehand.
 *
 * <p>Rows do not influence each other, except in the last bits: a BLAS may sum in another order for another number of rows.
 * NaN and infinite inputs spoil their own row only.
 *
 * <p>Not thread-safe; use it on the thread of the engine that made it, and not after {@link #close}.
 */
public interface Reconstruction extends AutoCloseable {

    /**
     * Reconstructs rows.
     *
     * @param input row-major {@code [rows, inputWidth]}, may be longer; only read
     * @param rows from 0 to the capacity
     * @param output row-major {@code [rows, outputWidth]}, may be longer; what lies beyond is not touched
     * @throws IllegalArgumentException if {@code rows} is out of range or an array is too short
     */
    void run(float[] input, int rows, float[] output);

    /** Values in a row of the output: as many as in a row of the input, unless fewer were asked for. */
    int outputWidth();

    /** The largest number of rows of one {@link #run}. */
    int capacity();

    /** Frees native memory, if there is any. Closing twice is harmless. */
    @Override
    void close();
}
