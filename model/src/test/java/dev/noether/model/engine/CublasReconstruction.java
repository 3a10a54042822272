package dev.noether.model.engine;

import dev.noether.model.autoencoder.AffineLayer;
import java.util.List;

/**
 * A reconstruction by cuBLAS. It cuts a run into batches, with one upload and one download for each, and gives them to
 * two streams in turn: one copies while the other computes. A run allocates nothing.
 */
final class CublasReconstruction implements Reconstruction {
    /** Most rows of a batch. */
    static final int BATCH = 8192;

    private final Runnable whenClosed;
    private final CudaMemory memory;
    private final int capacity;
    private final int batch;
    private final int inputWidth;
    private final int outputWidth;
    private final CublasLayer[] layers;
    private final CublasLane[] lanes = new CublasLane[CudaDriver.STREAMS];
    private boolean isClosed;

    CublasReconstruction(CudaDriver driver, List<AffineLayer> affine, int capacity, Runnable whenClosed) {
        this.whenClosed = whenClosed;
        this.memory = new CudaMemory(driver);
        this.capacity = capacity;
        this.batch = Math.min(capacity, BATCH);
        this.inputWidth = affine.get(0).inputWidth();
        this.outputWidth = affine.get(affine.size() - 1).width();
        this.layers = new CublasLayer[affine.size()];
        try {
            for (int layer = 0; layer < layers.length; layer++) {
                layers[layer] = new CublasLayer(driver, memory, affine.get(layer));
            }
            for (int stream = 0; stream < lanes.length; stream++) {
                lanes[stream] = new CublasLane(driver, memory, affine, batch, stream);
            }
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            memory.close();
            throw e;
        }
    }

    @Override
    public void run(float[] input, int rows, float[] output) {
        MatrixArguments.requireRun(input, rows, output, inputWidth, outputWidth, capacity);
        if (isClosed) {
            throw new IllegalStateException("this reconstruction is closed");
        }
        int batches = (rows + batch - 1) / batch;
        for (int index = 0; index < batches + lanes.length; index++) {
            CublasLane lane = lanes[index % lanes.length];
            int finished = index - lanes.length;
            if (finished >= 0 && finished < batches) {
                lane.finish(finished * batch, rowsOf(finished, rows), output);
            }
            if (index < batches) {
                lane.start(layers, input, index * batch, rowsOf(index, rows));
            }
        }
    }

    private int rowsOf(int index, int rows) {
        return Math.min(batch, rows - index * batch);
    }

    @Override
    public int outputWidth() {
        return outputWidth;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            memory.close();
            whenClosed.run();
        }
    }
}
