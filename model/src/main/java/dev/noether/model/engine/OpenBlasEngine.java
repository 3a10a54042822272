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
 * <p>A {@code float[]} is copied into native memory and back by the call; for networks of a few ten thousand parameters
 * that is small against the product.
 */
public final class OpenBlasEngine implements Engine {

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
        cblas_sgemm(
                CblasRowMajor,
                transposeLeft ? CblasTrans : CblasNoTrans,
                transposeRight ? CblasTrans : CblasNoTrans,
                rows,
                columns,
                inner,
                scale,
                left,
                transposeLeft ? rows : inner,
                right,
                transposeRight ? inner : columns,
                keep,
                product,
                columns);
    }

    @Override
    public Reconstruction reconstruction(Autoencoder network, int capacity) {
        return new OpenBlasReconstruction(network, MatrixArguments.requirePositive("capacity", capacity));
    }

    private static final class OpenBlasReconstruction implements Reconstruction {
        private final int capacity;
        private final int layers;
        private final int[] widths;
        private final boolean[] rectified;
        private final float[][] weights;
        private final float[][] biases;
        private final float[][] activations;

        OpenBlasReconstruction(Autoencoder network, int capacity) {
            AutoencoderShape shape = network.shape();
            this.capacity = capacity;
            this.layers = shape.layerCount();
            this.widths = new int[layers + 1];
            this.rectified = new boolean[layers];
            this.weights = new float[layers][];
            this.biases = new float[layers][];
            this.activations = new float[layers][];
            widths[0] = shape.inputWidth();
            for (int layer = 0; layer < layers; layer++) {
                widths[layer + 1] = shape.layerWidth(layer);
                rectified[layer] = shape.activation(layer) == Activation.RELU;
                weights[layer] = network.weights(layer);
                biases[layer] = network.biases(layer);
                activations[layer] = new float[Math.multiplyExact(capacity, shape.layerWidth(layer))];
            }
        }

        @Override
        public void run(float[] input, int rows, float[] output) {
            MatrixArguments.requireRun(input, rows, output, widths[0], capacity);
            if (rows == 0) {
                return;
            }
            float[] layerInput = input;
            for (int layer = 0; layer < layers; layer++) {
                // The product's array is copied as a whole: the caller's may be long, ours is as long as the capacity.
                float[] activation = activations[layer];
                int width = widths[layer + 1];
                for (int row = 0; row < rows; row++) {
                    System.arraycopy(biases[layer], 0, activation, row * width, width);
                }
                cblas_sgemm(
                        CblasRowMajor,
                        CblasNoTrans,
                        CblasNoTrans,
                        rows,
                        width,
                        widths[layer],
                        1f,
                        layerInput,
                        widths[layer],
                        weights[layer],
                        width,
                        1f,
                        activation,
                        width);
                if (rectified[layer]) {
                    rectify(activation, rows * width);
                }
                layerInput = activation;
            }
            System.arraycopy(layerInput, 0, output, 0, rows * widths[0]);
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
        public void close() {}
    }
}
