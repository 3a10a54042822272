package dev.noether.model.engine;

import dev.noether.model.autoencoder.Activation;
import dev.noether.model.autoencoder.AffineLayer;
import dev.noether.model.autoencoder.AffineLayer.Shortcut;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * ND4J, on the CPU or on a GPU, whichever backend is on the class path.
 *
 * <p>A row-major {@code [rows, width]} array is, value for value, a column-major {@code [width, rows]} one, and column-major
 * is what ND4J multiplies without copying. So everything here is transposed: the activations of a layer are
 * {@code [width, rows]} and its weights {@code [layerWidth, layerInputWidth]}, which is how the parameters are stored
 * anyway. The bias is a column of the weights and each activation has a last row of ones, so that a layer is one product
 * and at most one rectification.
 *
 * <p>A run allocates no native memory. ND4J itself makes some small Java objects for each operation, about 17 kB a run.
 */
public final class Nd4jEngine implements Engine {
    private static final char COLUMN_MAJOR = 'f';

    private Nd4jEngine() {}

    /**
     * An engine on a device, for the calling thread.
     *
     * @param deviceIndex which GPU, from 0; without meaning on a CPU
     * @throws IllegalArgumentException if the index is negative, or there are GPUs but not so many
     * @throws IllegalStateException if there are none, and {@code OPENBLAS_CORETYPE} names kernels that this processor cannot run
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
        } else {
            KernelInstructions.require();
        }
        return new Nd4jEngine();
    }

    /** Whether the ND4J on the class path runs on a GPU. */
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
        try (INDArray leftMatrix = transposeLeft ? matrix(rows, inner) : matrix(inner, rows);
                INDArray rightMatrix = transposeRight ? matrix(inner, columns) : matrix(columns, inner);
                INDArray productMatrix = matrix(columns, rows)) {
            copyIn(left, rows * inner, leftMatrix);
            copyIn(right, inner * columns, rightMatrix);
            if (keep != 0) {
                copyIn(product, rows * columns, productMatrix);
            }
            Nd4j.gemm(rightMatrix, leftMatrix, productMatrix, transposeRight, transposeLeft, scale, keep);
            copyOut(productMatrix, rows * columns, product);
        }
    }

    @Override
    public Reconstruction chain(List<AffineLayer> layers, int capacity) {
        return new Nd4jReconstruction(layers, MatrixArguments.requirePositive("capacity", capacity));
    }

    private static INDArray matrix(long rows, long columns) {
        // Detached, so that a workspace that happens to be open on this thread does not take the memory back.
        return Nd4j.createUninitializedDetached(DataType.FLOAT, COLUMN_MAJOR, rows, columns);
    }

    /**
     * The host side of a matrix is written, and the affinity manager told so: the CUDA backend then moves it to the device
     * before its next use. On the CPU there is one side only.
     */
    private static void copyIn(float[] values, int count, INDArray matrix) {
        hostSide(matrix).put(values, 0, count);
        Nd4j.getAffinityManager().tagLocation(matrix, AffinityManager.Location.HOST);
    }

    private static void copyOut(INDArray matrix, int count, float[] values) {
        Nd4j.getExecutioner().commit();
        Nd4j.getAffinityManager().ensureLocation(matrix, AffinityManager.Location.HOST);
        hostSide(matrix).get(values, 0, count);
    }

    private static FloatPointer hostSide(INDArray matrix) {
        return (FloatPointer) matrix.data().pointer();
    }

    private static final class Nd4jReconstruction implements Reconstruction {
        private final int inputWidth;
        private final int outputWidth;
        private final int capacity;
        private final float[] staged;
        private final INDArray input;
        private final INDArray output;
        private final List<INDArray> owned = new ArrayList<>();
        private final Pass[] passes;
        private boolean closed;

        Nd4jReconstruction(List<AffineLayer> affine, int capacity) {
            this.inputWidth = affine.get(0).inputWidth();
            this.outputWidth = affine.get(affine.size() - 1).width();
            this.capacity = capacity;
            this.staged = new float[Math.multiplyExact(capacity, inputWidth + 1)];
            Layer[] layers = new Layer[affine.size()];
            INDArray[] activations = new INDArray[affine.size() + 1];
            activations[0] = own(matrix(inputWidth + 1L, capacity));
            for (int layer = 0; layer < layers.length; layer++) {
                layers[layer] = layer(affine.get(layer), layer, layer == layers.length - 1);
                activations[layer + 1] = own(matrix(layers[layer].weights.rows(), capacity));
            }
            this.input = activations[0];
            this.output = activations[layers.length];
            for (int row = 0; row < capacity; row++) {
                staged[row * (inputWidth + 1) + inputWidth] = 1f;
            }
            this.passes = new Pass[1 + ceilingOfLogarithm(capacity)];
            for (int index = 0; index < passes.length; index++) {
                passes[index] = new Pass(layers, activations, Math.min(1 << index, capacity));
            }
        }

        private INDArray own(INDArray matrix) {
            owned.add(matrix);
            return matrix;
        }

        private Layer layer(AffineLayer affine, int layer, boolean last) {
            int width = affine.width();
            int rows = last ? width : width + 1;
            INDArray weights = own(augmented(affine.weights(), affine.biases(), affine.inputWidth(), rows, !last));
            boolean rectified = affine.activation() == Activation.RELU;
            if (affine.shortcut().isEmpty()) {
                return new Layer(weights, weights, layer, rectified);
            }
            Shortcut shortcut = affine.shortcut().get();
            INDArray shortcutWeights =
                    own(augmented(shortcut.weights(), new float[width], shortcut.inputWidth(), rows, false));
            return new Layer(weights, shortcutWeights, shortcut.source(), rectified);
        }

        /**
         * The weights with the bias as a last column and, except for the output, a last row {@code 0 … 0 1} that hands the
         * ones on to the next layer; the rectification leaves a one alone.
         */
        private static INDArray augmented(float[] weights, float[] biases, int inputs, int rows, boolean handsOn) {
            int width = biases.length;
            float[] augmented = new float[rows * (inputs + 1)];
            for (int column = 0; column < inputs; column++) {
                System.arraycopy(weights, column * width, augmented, column * rows, width);
            }
            System.arraycopy(biases, 0, augmented, inputs * rows, width);
            if (handsOn) {
                augmented[augmented.length - 1] = 1f;
            }
            INDArray matrix = matrix(rows, inputs + 1L);
            copyIn(augmented, augmented.length, matrix);
            return matrix;
        }

        @Override
        public void run(float[] input, int rows, float[] output) {
            MatrixArguments.requireRun(input, rows, output, inputWidth, outputWidth, capacity);
            if (closed) {
                throw new IllegalStateException("this reconstruction is closed");
            }
            if (rows == 0) {
                return;
            }
            for (int row = 0; row < rows; row++) {
                System.arraycopy(input, row * inputWidth, staged, row * (inputWidth + 1), inputWidth);
            }
            copyIn(staged, rows * (inputWidth + 1), this.input);
            passes[ceilingOfLogarithm(rows)].run();
            copyOut(this.output, rows * outputWidth, output);
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
            if (!closed) {
                closed = true;
                owned.forEach(INDArray::close);
            }
        }

        private static int ceilingOfLogarithm(int value) {
            return Integer.SIZE - Integer.numberOfLeadingZeros(value - 1);
        }
    }

    /**
     * The constants of a layer.
     *
     * @param shortcutWeights those of the shortcut that ends here; the layer's own, and never used, if none does
     * @param shortcutSource the layer whose input the shortcut reads; the layer itself if there is none
     */
    private record Layer(INDArray weights, INDArray shortcutWeights, int shortcutSource, boolean rectified) {
        boolean hasShortcut() {
            return shortcutWeights != weights;
        }
    }

    /**
     * The forward pass for up to a certain number of rows. ND4J needs an array object for each size of a matrix; with one
     * pass for each power of two a partial batch allocates nothing, at the price of computing rows that nobody reads.
     */
    private static final class Pass {
        private final Layer[] layers;
        private final INDArray[] inputs;
        private final INDArray[] outputs;
        private final RectifiedLinear[] rectifications;

        Pass(Layer[] layers, INDArray[] activations, int rows) {
            this.layers = layers;
            this.inputs = new INDArray[layers.length];
            this.outputs = new INDArray[layers.length];
            this.rectifications = new RectifiedLinear[layers.length];
            for (int layer = 0; layer < layers.length; layer++) {
                inputs[layer] = layer == 0 ? firstColumns(activations[0], rows) : outputs[layer - 1];
                outputs[layer] = firstColumns(activations[layer + 1], rows);
                rectifications[layer] = new RectifiedLinear(outputs[layer], outputs[layer], 0);
            }
        }

        private static INDArray firstColumns(INDArray matrix, int count) {
            return count == matrix.columns() ? matrix : matrix.get(NDArrayIndex.all(), NDArrayIndex.interval(0, count));
        }

        void run() {
            for (int index = 0; index < layers.length; index++) {
                Layer layer = layers[index];
                Nd4j.gemm(layer.weights, inputs[index], outputs[index], false, false, 1, 0);
                if (layer.hasShortcut()) {
                    INDArray source = inputs[layer.shortcutSource];
                    Nd4j.gemm(layer.shortcutWeights, source, outputs[index], false, false, 1, 1);
                }
                if (layer.rectified) {
                    Nd4j.getExecutioner().exec(rectifications[index]);
                }
            }
        }
    }
}
