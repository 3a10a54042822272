package dev.noether.model.engine;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import dev.noether.model.autoencoder.Activation;
import dev.noether.model.autoencoder.AffineLayer;
import dev.noether.model.autoencoder.AffineLayer.Shortcut;

/** The constants of a layer, with the weights in native memory, and its matrix products. */
final class OpenBlasLayer {
    private final int inputWidth;
    private final int width;
    private final boolean rectified;
    private final float[] biases;
    private final NativeFloats weights = new NativeFloats();
    private final int shortcutSource;
    private final int shortcutWidth;
    private final NativeFloats shortcutWeights = new NativeFloats();

    OpenBlasLayer(AffineLayer layer, int capacity) {
        this.inputWidth = layer.inputWidth();
        this.width = layer.width();
        this.rectified = layer.activation() == Activation.RELU;
        this.biases = repeated(layer.biases(), capacity);
        write(layer.weights(), weights);
        this.shortcutSource = layer.shortcut().map(Shortcut::source).orElse(0);
        this.shortcutWidth = layer.shortcut().map(Shortcut::inputWidth).orElse(0);
        layer.shortcut().ifPresent(shortcut -> write(shortcut.weights(), shortcutWeights));
    }

    private static void write(float[] values, NativeFloats target) {
        target.write(values, values.length);
    }

    /** The biases repeated for each row, so that one copy initialises the output. */
    private static float[] repeated(float[] row, int rows) {
        float[] matrix = new float[Math.multiplyExact(rows, row.length)];
        for (int index = 0; index < rows; index++) {
            System.arraycopy(row, 0, matrix, index * row.length, row.length);
        }
        return matrix;
    }

    /** Number of values of the layer's output. */
    int width() {
        return width;
    }

    /** Whether a ReLU follows. */
    boolean isRectified() {
        return rectified;
    }

    /**
     * Computes the affine map of rows, and adds the shortcut that ends at this layer.
     *
     * @param inputs by layer, its input
     * @param index index of this layer
     * @param output receives {@code [rows, width]}
     */
    void multiply(NativeFloats[] inputs, int index, int rows, NativeFloats output) {
        output.write(biases, rows * width);
        addProduct(rows, inputWidth, inputs[index], weights, output);
        if (shortcutWidth > 0) {
            addProduct(rows, shortcutWidth, inputs[shortcutSource], shortcutWeights, output);
        }
    }

    private void addProduct(int rows, int inner, NativeFloats input, NativeFloats matrix, NativeFloats output) {
        cblas_sgemm(
                CblasRowMajor,
                CblasNoTrans,
                CblasNoTrans,
                rows,
                width,
                inner,
                1f,
                input.pointer(),
                inner,
                matrix.pointer(),
                width,
                1f,
                output.pointer(),
                width);
    }

    /** Frees the native memory. */
    void close() {
        weights.close();
        shortcutWeights.close();
    }
}
