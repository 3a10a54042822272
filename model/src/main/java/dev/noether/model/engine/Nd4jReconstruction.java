package dev.noether.model.engine;

import dev.noether.model.autoencoder.Activation;
import dev.noether.model.autoencoder.AffineLayer;
import dev.noether.model.autoencoder.AffineLayer.Shortcut;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A reconstruction by ND4J. The activations of a layer are {@code [width + 1, rows]} with a last row of ones, and its
 * weights {@code [layerWidth, layerInputWidth + 1]} with the biases as the last column, so that a layer is one product
 * and at most one rectification. A run allocates no native memory.
 */
final class Nd4jReconstruction implements Reconstruction {
    private final int inputWidth;
    private final int outputWidth;
    private final int capacity;
    private final float[] augmentedInput;
    private final INDArray input;
    private final INDArray output;
    private final List<INDArray> matrices = new ArrayList<>();
    private final Nd4jPass[] passes;
    private boolean closed;

    Nd4jReconstruction(List<AffineLayer> affine, int capacity) {
        this.inputWidth = affine.get(0).inputWidth();
        this.outputWidth = affine.get(affine.size() - 1).width();
        this.capacity = capacity;
        this.augmentedInput = new float[Math.multiplyExact(capacity, inputWidth + 1)];
        Nd4jLayer[] layers = new Nd4jLayer[affine.size()];
        INDArray[] activations = new INDArray[affine.size() + 1];
        activations[0] = own(Nd4jMatrices.create(inputWidth + 1L, capacity));
        for (int layer = 0; layer < layers.length; layer++) {
            layers[layer] = layer(affine.get(layer), layer, layer == layers.length - 1);
            activations[layer + 1] =
                    own(Nd4jMatrices.create(layers[layer].weights().rows(), capacity));
        }
        this.input = activations[0];
        this.output = activations[layers.length];
        for (int row = 0; row < capacity; row++) {
            augmentedInput[row * (inputWidth + 1) + inputWidth] = 1f;
        }
        this.passes = new Nd4jPass[1 + ceilingOfLogarithm(capacity)];
        for (int index = 0; index < passes.length; index++) {
            passes[index] = new Nd4jPass(layers, activations, Math.min(1 << index, capacity));
        }
    }

    private INDArray own(INDArray matrix) {
        matrices.add(matrix);
        return matrix;
    }

    private Nd4jLayer layer(AffineLayer affine, int layer, boolean last) {
        int width = affine.width();
        int rows = last ? width : width + 1;
        INDArray weights = own(augmented(affine.weights(), affine.biases(), affine.inputWidth(), rows, !last));
        boolean rectified = affine.activation() == Activation.RELU;
        if (affine.shortcut().isEmpty()) {
            return new Nd4jLayer(weights, weights, layer, rectified);
        }
        Shortcut shortcut = affine.shortcut().get();
        INDArray shortcutWeights =
                own(augmented(shortcut.weights(), new float[width], shortcut.inputWidth(), rows, false));
        return new Nd4jLayer(weights, shortcutWeights, shortcut.source(), rectified);
    }

    /**
     * The weights with the biases as a last column and, except for the last layer, a last row {@code 0 … 0 1} that
     * passes the row of ones to the next layer. A rectification does not change the ones.
     */
    private static INDArray augmented(float[] weights, float[] biases, int inputs, int rows, boolean withRowOfOnes) {
        int width = biases.length;
        float[] augmented = new float[rows * (inputs + 1)];
        for (int column = 0; column < inputs; column++) {
            System.arraycopy(weights, column * width, augmented, column * rows, width);
        }
        System.arraycopy(biases, 0, augmented, inputs * rows, width);
        if (withRowOfOnes) {
            augmented[augmented.length - 1] = 1f;
        }
        INDArray matrix = Nd4jMatrices.create(rows, inputs + 1L);
        Nd4jMatrices.copyIn(augmented, augmented.length, matrix);
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
            System.arraycopy(input, row * inputWidth, augmentedInput, row * (inputWidth + 1), inputWidth);
        }
        Nd4jMatrices.copyIn(augmentedInput, rows * (inputWidth + 1), this.input);
        passes[ceilingOfLogarithm(rows)].run();
        Nd4jMatrices.copyOut(this.output, rows * outputWidth, output);
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
            matrices.forEach(INDArray::close);
        }
    }

    private static int ceilingOfLogarithm(int value) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(value - 1);
    }
}
