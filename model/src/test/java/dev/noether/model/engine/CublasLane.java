package dev.noether.model.engine;

import dev.noether.model.autoencoder.AffineLayer;
import java.util.List;

/** One stream with the memory that a batch needs on its way through it. */
final class CublasLane {
    private final CudaDriver driver;
    private final int stream;
    private final int inputWidth;
    private final int outputWidth;
    private final CudaDriver.PinnedFloats input;
    private final CudaDriver.PinnedFloats output;
    /** By layer, its input; then the output of the last layer. */
    private final CudaDriver.DeviceFloats[] values;

    CublasLane(CudaDriver driver, CudaMemory memory, List<AffineLayer> layers, int batch, int stream) {
        this.driver = driver;
        this.stream = stream;
        this.inputWidth = layers.get(0).inputWidth();
        this.outputWidth = layers.get(layers.size() - 1).width();
        this.input = memory.pin(Math.multiplyExact(batch, inputWidth));
        this.output = memory.pin(Math.multiplyExact(batch, outputWidth));
        this.values = new CudaDriver.DeviceFloats[layers.size() + 1];
        for (int index = 0; index < values.length; index++) {
            int width = index == 0 ? inputWidth : layers.get(index - 1).width();
            values[index] = memory.allocate(Math.multiplyExact(batch, width));
        }
    }

    /** Gives a batch to the device; does not wait. */
    void start(CublasLayer[] layers, float[] rows, int from, int count) {
        input.write(rows, from * inputWidth, count * inputWidth);
        driver.upload(stream, input, values[0], count * inputWidth);
        for (int index = 0; index < layers.length; index++) {
            layers[index].run(stream, values, index, count);
        }
        driver.download(stream, values[layers.length], output, count * outputWidth);
    }

    /** Waits for the batch that was started last, and copies its result to row {@code from} of an array. */
    void finish(int from, int count, float[] rows) {
        driver.synchronize(stream);
        output.read(rows, from * outputWidth, count * outputWidth);
    }
}
