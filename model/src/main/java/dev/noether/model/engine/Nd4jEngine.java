package dev.noether.model.engine;

import dev.noether.model.autoencoder.AffineLayer;
import java.util.List;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The engine that uses ND4J, on the CPU or on a GPU, depending on the backend on the class path.
 *
 * <p>Row-major matrices are passed to ND4J as column-major matrices of transposed shape, see {@link Nd4jMatrices}. A
 * run of a reconstruction allocates no native memory; ND4J allocates small Java objects for each operation, about 17 kB
 * a run.
 */
public final class Nd4jEngine implements Engine {
    private Nd4jEngine() {}

    /**
     * An engine on a device, for the calling thread.
     *
     * @param deviceIndex index of the GPU, from 0; ignored on a CPU
     * @throws IllegalArgumentException if the index is negative, or there is no GPU of that index
     */
    public static Nd4jEngine onDevice(int deviceIndex) {
        if (!(deviceIndex >= 0)) {
            throw new IllegalArgumentException("`deviceIndex` must be at least 0 (got %d)".formatted(deviceIndex));
        }
        if (isOnGpu()) {
            AffinityManager affinity = Nd4j.getAffinityManager();
            int devices = affinity.getNumberOfDevices();
            if (deviceIndex >= devices) {
                throw new IllegalArgumentException(
                        "no device %d; there are devices 0 to %d".formatted(deviceIndex, devices - 1));
            }
            affinity.unsafeSetDevice(deviceIndex);
        }
        return new Nd4jEngine();
    }

    /** Whether the ND4J backend on the class path runs on a GPU. */
    public static boolean isOnGpu() {
        return !Nd4j.getBackend().getEnvironment().isCPU();
    }

    @Override
    public String name() {
        return isOnGpu() ? "nd4j-cuda" : "nd4j-native";
    }

    @Override
    public void multiply(
            boolean transposeLeft,
            boolean transposeRight,
            int rows,
            int columns,
            int inner,
            float scale,
            float[] left,
            float[] right,
            float keep,
            float[] product) {
        MatrixArguments.requireProduct(rows, columns, inner, left, right, product);
        // (left · right)ᵀ = rightᵀ · leftᵀ, and each array read column-major is its own transpose.
        try (INDArray leftMatrix = transposeLeft ? Nd4jMatrices.create(rows, inner) : Nd4jMatrices.create(inner, rows);
                INDArray rightMatrix =
                        transposeRight ? Nd4jMatrices.create(inner, columns) : Nd4jMatrices.create(columns, inner);
                INDArray productMatrix = Nd4jMatrices.create(columns, rows)) {
            Nd4jMatrices.copyIn(left, rows * inner, leftMatrix);
            Nd4jMatrices.copyIn(right, inner * columns, rightMatrix);
            if (keep != 0) {
                Nd4jMatrices.copyIn(product, rows * columns, productMatrix);
            }
            Nd4j.gemm(rightMatrix, leftMatrix, productMatrix, transposeRight, transposeLeft, scale, keep);
            Nd4jMatrices.copyOut(productMatrix, rows * columns, product);
        }
    }

    @Override
    public Reconstruction chain(List<AffineLayer> layers, int capacity) {
        return new Nd4jReconstruction(layers, MatrixArguments.requirePositive("capacity", capacity));
    }
}
