package dev.noether.model.engine;

import dev.noether.model.autoencoder.AffineLayer;
import java.util.List;

/**
 * The engine that calls cuBLAS directly, for GPUs that ND4J has no code for. The weights of a reconstruction stay on
 * the device. Row-major matrices are passed as column-major matrices of transposed shape.
 *
 * <p>It owns its driver and closes it with the last of itself and its reconstructions.
 */
final class CublasEngine implements Engine {
    private final CudaDriver driver;
    private int users = 1;
    private boolean isClosed;

    CublasEngine(CudaDriver driver) {
        this.driver = driver;
    }

    @Override
    public String name() {
        return "cublas";
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
        CudaMemory memory = new CudaMemory(driver);
        try {
            CudaDriver.DeviceFloats leftMatrix = upload(memory, left, rows * inner);
            CudaDriver.DeviceFloats rightMatrix = upload(memory, right, inner * columns);
            int size = rows * columns;
            CudaDriver.DeviceFloats result = keep == 0 ? memory.allocate(size) : upload(memory, product, size);
            driver.multiply(
                    0,
                    transposeRight,
                    transposeLeft,
                    columns,
                    rows,
                    inner,
                    scale,
                    rightMatrix,
                    transposeRight ? inner : columns,
                    leftMatrix,
                    transposeLeft ? rows : inner,
                    keep,
                    result,
                    columns);
            CudaDriver.PinnedFloats pinned = memory.pin(size);
            driver.download(0, result, pinned, size);
            driver.synchronize(0);
            pinned.read(product, 0, size);
        } finally {
            memory.close();
        }
    }

    private CudaDriver.DeviceFloats upload(CudaMemory memory, float[] values, int count) {
        CudaDriver.PinnedFloats pinned = memory.pin(count);
        CudaDriver.DeviceFloats floats = memory.allocate(count);
        pinned.write(values, 0, count);
        driver.upload(0, pinned, floats, count);
        return floats;
    }

    @Override
    public Reconstruction chain(List<AffineLayer> layers, int capacity) {
        MatrixArguments.requirePositive("capacity", capacity);
        users++;
        try {
            return new CublasReconstruction(driver, layers, capacity, this::release);
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            release();
            throw e;
        }
    }

    private void release() {
        users--;
        if (users == 0) {
            driver.close();
        }
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            release();
        }
    }
}
