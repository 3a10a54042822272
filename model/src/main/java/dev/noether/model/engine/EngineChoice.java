package dev.noether.model.engine;

/** The kinds of engines; opens an engine of a kind. */
public enum EngineChoice {
    /**
     * {@link #ND4J} if ND4J runs on a GPU, otherwise {@link #OPENBLAS}. On a CPU the overhead of an ND4J operation,
     * some microseconds, exceeds the cost of a product of the small matrices of a network for telemetry. The same BLAS
     * called directly is forty times faster for a single row of 38 values, four times for a batch of 32, and not slower
     * for large networks and batches.
     */
    AUTO,
    /** {@link Nd4jEngine}. */
    ND4J,
    /** {@link OpenBlasEngine}. */
    OPENBLAS,
    /** {@link ReferenceEngine}. */
    REFERENCE;

    /** An engine of this kind on the first device. */
    public Engine open() {
        return open(0);
    }

    /**
     * An engine of this kind for the calling thread.
     *
     * @param deviceIndex index of the GPU, from 0; ignored on a CPU
     * @throws IllegalArgumentException if the index is negative, or ND4J runs on GPUs and none has that index
     * @throws IllegalStateException if OpenBLAS is used and computes wrong products
     */
    public Engine open(int deviceIndex) {
        return switch (this) {
            case AUTO -> Nd4jEngine.isOnGpu() ? Nd4jEngine.onDevice(deviceIndex) : new OpenBlasEngine();
            case ND4J -> Nd4jEngine.onDevice(deviceIndex);
            case OPENBLAS -> new OpenBlasEngine();
            case REFERENCE -> new ReferenceEngine();
        };
    }
}
