package dev.noether.model.engine;

/**
 * What {@link CublasEngine} needs of one GPU: memory, copies, products, one kernel. The operations of a stream run one
 * after another, beside those of the other streams and beside the caller, until {@link #synchronize}. Each failure of
 * the device or its libraries is an {@link IllegalStateException} that names the call and the error code.
 *
 * <p>Not thread-safe: one thread uses a driver and its memory.
 */
interface CudaDriver extends AutoCloseable {
    /** Number of streams; their indexes start at 0. */
    int STREAMS = 2;

    /** Memory on the device. */
    interface DeviceFloats extends AutoCloseable {
        /** Frees the memory. Closing twice has no effect. */
        @Override
        void close();
    }

    /** Memory of the host that the device copies from and to without a detour. */
    interface PinnedFloats extends AutoCloseable {
        /** Copies {@code count} values from index {@code from} of an array to the start of this memory. */
        void write(float[] source, int from, int count);

        /** Copies the first {@code count} values of this memory to index {@code to} of an array. */
        void read(float[] target, int to, int count);

        /** Frees the memory. Closing twice has no effect. */
        @Override
        void close();
    }

    /** Allocates values on the device; their contents are undefined. */
    DeviceFloats allocate(int count);

    /** Allocates values of the host; their contents are undefined. */
    PinnedFloats pin(int count);

    /** Copies the first {@code count} values to the device. The source must not change until the stream is finished. */
    void upload(int stream, PinnedFloats source, DeviceFloats target, int count);

    /** Copies the first {@code count} values from the device. The target has them when the stream is finished. */
    void download(int stream, DeviceFloats source, PinnedFloats target, int count);

    /**
     * Computes {@code c = alpha · op(a) · op(b) + beta · c}. All matrices are column-major, as in BLAS: op(a) is {@code
     * [m, k]}, op(b) is {@code [k, n]}, c is {@code [m, n]}.
     *
     * @param lda distance of the columns of a, and so on
     * @param beta if 0, the former values of c are not read
     */
    void multiply(
            int stream,
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            float alpha,
            DeviceFloats a,
            int lda,
            DeviceFloats b,
            int ldb,
            float beta,
            DeviceFloats c,
            int ldc);

    /** Adds the biases to each of {@code rows} rows, and sets what is below 0 to 0 if {@code isRectified}. */
    void addBiases(int stream, DeviceFloats values, DeviceFloats biases, int width, int rows, boolean isRectified);

    /** Waits until all operations of a stream are finished. */
    void synchronize(int stream);

    /** Frees streams and libraries. All memory must be closed before. */
    @Override
    void close();
}
