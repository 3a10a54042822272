package dev.noether.model.engine;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import dev.noether.model.autoencoder.Activation;
import dev.noether.model.autoencoder.AffineLayer;
import dev.noether.model.autoencoder.AffineLayer.Shortcut;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

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
    /** The kernels are chosen once for the process: so it is enough to look at them once. */
    private static final AtomicBoolean IS_CHECKED = new AtomicBoolean();

    private final NativeFloats left = new NativeFloats();
    private final NativeFloats right = new NativeFloats();
    private final NativeFloats product = new NativeFloats();

    /**
     * Loads the library, the first time, which takes about a second.
     *
     * @throws IllegalStateException if this processor cannot run the kernels that {@code OPENBLAS_CORETYPE} names, or those
     *     that were taken compute wrong products
     */
    public OpenBlasEngine() {
        boolean isFirst = !IS_CHECKED.get();
        if (isFirst) {
            KernelInstructions.require();
        }
        blas_set_num_threads(1);
        if (isFirst) {
            String coreType = KernelInstructions.coreType();
            ProductCheck.require(
                    this,
                    "OPENBLAS_CORETYPE is " + (coreType.isEmpty() ? "unset" : coreType)
                            + ": unset it, or name kernels that fit this processor");
            IS_CHECKED.set(true);
        }
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
    public Reconstruction chain(List<AffineLayer> layers, int capacity) {
        return new OpenBlasReconstruction(layers, MatrixArguments.requirePositive("capacity", capacity));
    }

    @Override
    public void close() {
        left.close();
        right.close();
        product.close();
    }

    /** Runs rows in tiles whose values stay in the processor's cache from layer to layer. */
    private static final class OpenBlasReconstruction implements Reconstruction {
        /** Values of the widest layer in a tile: 32 KiB. */
        private static final int TILE_VALUES = 1 << 13;

        /** Rows of a tile at least, however wide the layers: products of fewer are slower. */
        private static final int LEAST_TILE = 64;

        private final int capacity;
        private final int tile;
        private final int inputWidth;
        private final int outputWidth;
        private final Layer[] layers;
        /** By layer, what it reads: one memory for all, except where a shortcut reads it once more, later. */
        private final NativeFloats[] inputs;

        private final NativeFloats output = new NativeFloats();
        private final float[] activation;
        private boolean closed;

        OpenBlasReconstruction(List<AffineLayer> affine, int capacity) {
            this.capacity = capacity;
            this.inputWidth = affine.get(0).inputWidth();
            this.outputWidth = affine.get(affine.size() - 1).width();
            int widest = inputWidth;
            for (AffineLayer layer : affine) {
                widest = Math.max(widest, layer.width());
            }
            this.tile = Math.min(capacity, Math.max(LEAST_TILE, TILE_VALUES / widest));
            this.activation = new float[Math.multiplyExact(tile, widest)];
            this.layers = new Layer[affine.size()];
            this.inputs = new NativeFloats[affine.size()];
            Arrays.fill(inputs, new NativeFloats());
            for (int layer = 0; layer < layers.length; layer++) {
                layers[layer] = new Layer(affine.get(layer), tile);
                affine.get(layer).shortcut().ifPresent(shortcut -> inputs[shortcut.source()] = new NativeFloats());
            }
            for (NativeFloats input : inputs) {
                input.reserve(activation.length);
            }
            output.reserve(activation.length);
        }

        @Override
        public void run(float[] input, int rows, float[] output) {
            MatrixArguments.requireRun(input, rows, output, inputWidth, outputWidth, capacity);
            if (closed) {
                throw new IllegalStateException("this reconstruction is closed");
            }
            for (int from = 0; from < rows; from += tile) {
                runTile(input, from, Math.min(tile, rows - from), output);
            }
        }

        private void runTile(float[] input, int from, int rows, float[] output) {
            inputs[0].write(input, from * inputWidth, rows * inputWidth);
            for (int index = 0; index < layers.length; index++) {
                Layer layer = layers[index];
                boolean last = index == layers.length - 1;
                layer.multiply(inputs, index, rows, this.output);
                float[] values = last ? output : activation;
                int to = last ? from * layer.width : 0;
                this.output.read(values, to, rows * layer.width);
                if (layer.rectified) {
                    rectify(values, to, to + rows * layer.width);
                }
                if (!last) {
                    inputs[index + 1].write(values, rows * layer.width);
                }
            }
        }

        private static void rectify(float[] values, int from, int to) {
            for (int index = from; index < to; index++) {
                values[index] = Math.max(0f, values[index]);
            }
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
            closed = true;
            output.close();
            for (NativeFloats input : inputs) {
                input.close();
            }
            for (Layer layer : layers) {
                layer.close();
            }
        }
    }

    /** The constants of a layer, weights in native memory. */
    private static final class Layer {
        private final int inputWidth;
        private final int width;
        private final boolean rectified;
        private final float[] biases;
        private final NativeFloats weights = new NativeFloats();
        private final int shortcutSource;
        private final int shortcutWidth;
        private final NativeFloats shortcutWeights = new NativeFloats();

        Layer(AffineLayer layer, int capacity) {
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

        /** The biases once for each row, so that one copy puts them in place. */
        private static float[] repeated(float[] row, int rows) {
            float[] matrix = new float[Math.multiplyExact(rows, row.length)];
            for (int index = 0; index < rows; index++) {
                System.arraycopy(row, 0, matrix, index * row.length, row.length);
            }
            return matrix;
        }

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

        void close() {
            weights.close();
            shortcutWeights.close();
        }
    }
}
