package dev.noether.model.engine;

/** The engines there are, and the choice among them. */
public enum EngineKind {
    /**
     * {@link #ND4J} if ND4J runs on a GPU, otherwise {@link #OPENBLAS}. On a CPU the matrices of a network for telemetry are
     * so small that the price of an ND4J operation, some microseconds, exceeds that of the product itself: the same BLAS
     * called directly is forty times faster for a single row of 38 values, four times for a batch of 32, and not slower for
     * large networks and batches.
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
     * @param deviceIndex which GPU, from 0; without meaning on a CPU
     * @throws IllegalArgumentException if the index is negative, or there are GPUs but not so many
     * @throws IllegalStateException if {@code OPENBLAS_CORETYPE} names kernels that do not fit this processor, and they are needed
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
