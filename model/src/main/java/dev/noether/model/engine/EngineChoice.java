package dev.noether.model.engine;

import org.slf4j.LoggerFactory;

/** The kinds of engines; opens an engine of a kind. */
public enum EngineChoice {
    /**
     * {@link #ND4J} if ND4J runs on a GPU that computes correctly, otherwise {@link #OPENBLAS}; also if the GPU fails
     * later. On a CPU the overhead of an ND4J operation, some microseconds, exceeds the cost of a product of the small
     * matrices of a network for telemetry. The same BLAS called directly is forty times faster for a single row of 38
     * values, four times for a batch of 32, and not slower for large networks and batches.
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
            case AUTO ->
                isOnGpu()
                        ? GpuFallback.open(
                                () -> GpuDevice.of(deviceIndex),
                                () -> Nd4jEngine.onDevice(deviceIndex),
                                OpenBlasEngine::new)
                        : new OpenBlasEngine();
            case ND4J -> Nd4jEngine.onDevice(deviceIndex);
            case OPENBLAS -> new OpenBlasEngine();
            case REFERENCE -> new ReferenceEngine();
        };
    }

    /**
     * An engine of this kind for a task that was given a GPU. If {@link #AUTO} finds no GPU, {@link Engine#fallback}
     * says so.
     */
    public Engine openOnGpu(int deviceIndex) {
        return this == AUTO && !isOnGpu()
                ? GuardedEngine.withoutDevice(
                        OpenBlasEngine::new, "GPU " + deviceIndex + ": ND4J has no library for GPUs, or finds none")
                : open(deviceIndex);
    }

    private static boolean isOnGpu() {
        try {
            return Nd4jEngine.isOnGpu();
        } catch (RuntimeException | LinkageError e) {
            // Without a usable backend ND4J throws many kinds of errors while it loads.
            LoggerFactory.getLogger(EngineChoice.class)
                    .warn("ND4J does not load; OpenBLAS takes its place. Reason: {}", e.toString());
            return false;
        }
    }
}
