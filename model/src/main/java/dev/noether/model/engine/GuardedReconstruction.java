package dev.noether.model.engine;

import dev.noether.model.autoencoder.AffineLayer;
import java.util.List;

/**
 * A reconstruction on a device that may fail; the CPU takes its place then, with the run that failed. A run that does not
 * fail allocates nothing.
 */
final class GuardedReconstruction implements Reconstruction {
    private final GuardedEngine engine;
    private final List<AffineLayer> layers;
    private final int inputWidth;
    private final int outputWidth;
    private final int capacity;
    private Reconstruction current;
    private boolean isOnDevice = true;
    private boolean isClosed;

    GuardedReconstruction(GuardedEngine engine, List<AffineLayer> layers, Reconstruction onDevice) {
        this.engine = engine;
        this.layers = layers;
        this.inputWidth = layers.get(0).inputWidth();
        this.outputWidth = onDevice.outputWidth();
        this.capacity = onDevice.capacity();
        this.current = onDevice;
    }

    @Override
    public void run(float[] input, int rows, float[] output) {
        MatrixArguments.requireRun(input, rows, output, inputWidth, outputWidth, capacity);
        if (isClosed) {
            throw new IllegalStateException("this reconstruction is closed");
        }
        if (isOnDevice && engine.usesDevice()) {
            try {
                current.run(input, rows, output);
                return;
            } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                engine.fallBack(e.toString());
            }
        }
        if (isOnDevice) {
            // Another reconstruction of the engine may have met the failure.
            Reconstruction failed = current;
            current = engine.substitute().chain(layers, capacity);
            isOnDevice = false;
            GuardedEngine.closeQuietly(failed);
        }
        current.run(input, rows, output);
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
            if (isOnDevice) {
                GuardedEngine.closeQuietly(current);
            } else {
                current.close();
            }
        }
    }
}
