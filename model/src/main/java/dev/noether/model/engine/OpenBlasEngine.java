package dev.noether.model.engine;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import dev.noether.model.autoencoder.Activation;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;

/**
 * The BLAS that ND4J brings, called directly on {@code float[]}: the fastest road on a CPU for networks of the size that
 * telemetry needs.
 *
 * <p>It sets the BLAS to one thread, which holds for the whole process: the matrices are too small to share out, two
 * threads made it slower, and the streaming job is parallel already.
 *
 * <p>The BLAS reads and writes native memory. The engine keeps a piece of it for each operand, grown to the largest seen, and
 * copies: handing the {@code float[]} to JavaCPP would allocate for each call, and copy even what is only written. The weights
 * of a {@link Reconstruction} stay in native memory. {@link #close} gives the memory back at once; otherwise the garbage
 * collector does.
 */
public final class OpenBlasEngine implements Engine {
    private final NativeFloats left = new NativeFloats();
    private final NativeFloats right = new NativeFloats();
    private final NativeFloats product = new NativeFloats();

    /** Loads the library; the first time takes about a second. */
    public OpenBlasEngine() {
        blas_set_num_threads(1);
    }

    @Override
    public String name() {
        return "openblas";
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
        this.left.write(left, rows * inner);
        this.right.write(right, inner * columns);
        if (keep == 0) {
            this.product.reserve(rows * columns);
        } else {
            this.product.write(product, rows * columns);
        }
        cblas_sgemm(
                CblasRowMajor,
                transposeLeft ? CblasTrans : CblasNoTrans,
                transposeRight ? CblasTrans : CblasNoTrans,
                rows,
                columns,
                inner,
                scale,
                this.left.pointer(),
                transposeLeft ? rows : inner,
                this.right.pointer(),
                transposeRight ? inner : columns,
                keep,
                this.product.pointer(),
                columns);
        this.product.read(product, rows * columns);
    }

    @Override
    public Reconstruction reconstruction(Autoencoder network, int capacity) {
        return new OpenBlasReconstruction(network, MatrixArguments.requirePositive("capacity", capacity));
    }

    @Override
    public void close() {
        left.close();
        right.close();
        product.close();
    }

    private static final class OpenBlasReconstruction implements Reconstruction {
        private final int capacity;
        private final int layers;
        private final int[] widths;
        private final boolean[] rectified;
        private final float[][] biases;
        private final NativeFloats[] weights;
        private final NativeFloats layerInput = new NativeFloats();
        private final NativeFloats layerOutput = new NativeFloats();
        private final float[] activation;
        private boolean closed;

        OpenBlasReconstruction(Autoencoder network, int capacity) {
            AutoencoderShape shape = network.shape();
            this.capacity = capacity;
            this.layers = shape.layerCount();
            this.widths = new int[layers + 1];
            this.rectified = new boolean[layers];
            this.biases = new float[layers][];
            this.weights = new NativeFloats[layers];
            widths[0] = shape.inputWidth();
            for (int layer = 0; layer < layers; layer++) {
                widths[layer + 1] = shape.layerWidth(layer);
                rectified[layer] = shape.activation(layer) == Activation.RELU;
                biases[layer] = repeated(network.biases(layer), capacity);
                weights[layer] = new NativeFloats();
                weights[layer].write(network.weights(layer), shape.weightCount(layer));
            }
            this.activation = new float[Math.multiplyExact(capacity, shape.widestRow())];
            layerInput.reserve(activation.length);
            layerOutput.reserve(activation.length);
        }

        /** The biases once for each row, so that one copy puts them in place. */
        private static float[] repeated(float[] row, int rows) {
            float[] matrix = new float[Math.multiplyExact(rows, row.length)];
            for (int index = 0; index < rows; index++) {
                System.arraycopy(row, 0, matrix, index * row.length, row.length);
            }
            return matrix;
        }

        @Override
        public void run(float[] input, int rows, float[] output) {
            MatrixArguments.requireRun(input, rows, output, widths[0], capacity);
            if (closed) {
                throw new IllegalStateException("this reconstruction is closed");
            }
            if (rows == 0) {
                return;
            }
            layerInput.write(input, rows * widths[0]);
            for (int layer = 0; layer < layers; layer++) {
                int width = widths[layer + 1];
                layerOutput.write(biases[layer], rows * width);
                cblas_sgemm(
                        CblasRowMajor,
                        CblasNoTrans,
                        CblasNoTrans,
                        rows,
                        width,
                        widths[layer],
                        1f,
                        layerInput.pointer(),
                        widths[layer],
                        weights[layer].pointer(),
                        width,
                        1f,
                        layerOutput.pointer(),
                        width);
                boolean last = layer == layers - 1;
                float[] values = last ? output : activation;
                layerOutput.read(values, rows * width);
                if (rectified[layer]) {
                    rectify(values, rows * width);
                }
                if (!last) {
                    layerInput.write(values, rows * width);
                }
            }
        }

        private static void rectify(float[] values, int count) {
            for (int index = 0; index < count; index++) {
                values[index] = Math.max(0f, values[index]);
            }
        }

        @Override
        public int capacity() {
            return capacity;
        }

        @Override
        public void close() {
            closed = true;
            layerInput.close();
            layerOutput.close();
            for (NativeFloats matrix : weights) {
                matrix.close();
            }
        }
    }
}
