package dev.noether.model.engine;

import dev.noether.model.autoencoder.Activation;
import dev.noether.model.autoencoder.AffineLayer;
import dev.noether.model.autoencoder.AffineLayer.Shortcut;
import org.jspecify.annotations.Nullable;

/** A layer whose constants are on the device. */
final class CublasLayer {
    private final CudaDriver driver;
    private final int inputWidth;
    private final int width;
    private final boolean isRectified;
    private final CudaDriver.DeviceFloats weights;
    private final CudaDriver.DeviceFloats biases;
    private final int shortcutSource;
    private final int shortcutWidth;
    private final CudaDriver.@Nullable DeviceFloats shortcutWeights;

    CublasLayer(CudaDriver driver, CudaMemory memory, AffineLayer layer) {
        this.driver = driver;
        this.inputWidth = layer.inputWidth();
        this.width = layer.width();
        this.isRectified = layer.activation() == Activation.RELU;
        this.weights = memory.copyOf(layer.weights());
        this.biases = memory.copyOf(layer.biases());
        Shortcut shortcut = layer.shortcut().orElse(null);
        this.shortcutSource = shortcut == null ? 0 : shortcut.source();
        this.shortcutWidth = shortcut == null ? 0 : shortcut.inputWidth();
        this.shortcutWeights = shortcut == null ? null : memory.copyOf(shortcut.weights());
    }

    /**
     * Computes the layer.
     *
     * @param values by layer, its input; the last is the output of the last layer
     * @param index index of this layer
     */
    void run(int stream, CudaDriver.DeviceFloats[] values, int index, int rows) {
        CudaDriver.DeviceFloats output = values[index + 1];
        multiply(stream, rows, inputWidth, values[index], weights, 0, output);
        if (shortcutWeights != null) {
            multiply(stream, rows, shortcutWidth, values[shortcutSource], shortcutWeights, 1, output);
        }
        driver.addBiases(stream, output, biases, width, rows, isRectified);
    }

    private void multiply(
            int stream,
            int rows,
            int inner,
            CudaDriver.DeviceFloats input,
            CudaDriver.DeviceFloats matrix,
            float keep,
            CudaDriver.DeviceFloats output) {
        // (input · matrix)ᵀ = matrixᵀ · inputᵀ, and each array read column-major is its own transpose.
        driver.multiply(stream, false, false, width, rows, inner, 1, matrix, width, input, inner, keep, output, width);
    }
}
