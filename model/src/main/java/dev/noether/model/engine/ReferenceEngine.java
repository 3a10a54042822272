package dev.noether.model.engine;

import dev.noether.model.autoencoder.Activation;
import dev.noether.model.autoencoder.AffineLayer;
import dev.noether.model.autoencoder.AffineLayer.Shortcut;
import java.util.ArrayList;
import java.util.List;

/** The reference for tests and checks: plain Java in double precision, written for clarity and not for speed. */
public final class ReferenceEngine implements Engine {

    @Override
    public String name() {
        return "reference";
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
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double sum = 0;
                for (int index = 0; index < inner; index++) {
                    double leftValue = left[transposeLeft ? index * rows + row : row * inner + index];
                    double rightValue = right[transposeRight ? column * inner + index : index * columns + column];
                    sum += leftValue * rightValue;
                }
                int target = row * columns + column;
                double kept = keep == 0 ? 0 : (double) keep * product[target];
                product[target] = (float) (scale * sum + kept);
            }
        }
    }

    @Override
    public Reconstruction chain(List<AffineLayer> layers, int capacity) {
        return new ReferenceReconstruction(layers, MatrixArguments.requirePositive("capacity", capacity));
    }

    private static final class ReferenceReconstruction implements Reconstruction {
        private final List<Layer> layers = new ArrayList<>();
        private final int inputWidth;
        private final int outputWidth;
        private final int capacity;
        /** By layer, its input; the last one is the reconstruction. */
        private final double[][] values;

        ReferenceReconstruction(List<AffineLayer> chain, int capacity) {
            this.inputWidth = chain.get(0).inputWidth();
            this.outputWidth = chain.get(chain.size() - 1).width();
            this.capacity = capacity;
            for (AffineLayer layer : chain) {
                layers.add(new Layer(layer));
            }
            this.values = new double[layers.size() + 1][];
            values[0] = new double[inputWidth];
            for (int layer = 0; layer < layers.size(); layer++) {
                values[layer + 1] = new double[layers.get(layer).biases.length];
            }
        }

        @Override
        public void run(float[] input, int rows, float[] output) {
            MatrixArguments.requireRun(input, rows, output, inputWidth, outputWidth, capacity);
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < inputWidth; column++) {
                    values[0][column] = input[row * inputWidth + column];
                }
                for (int layer = 0; layer < layers.size(); layer++) {
                    layers.get(layer).apply(values, layer);
                }
                for (int column = 0; column < outputWidth; column++) {
                    output[row * outputWidth + column] = (float) values[layers.size()][column];
                }
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
        public void close() {}
    }

    private static final class Layer {
        private final float[] weights;
        private final float[] biases;
        private final boolean rectified;
        private final int shortcutSource;
        private final float[] shortcutWeights;

        Layer(AffineLayer layer) {
            this.weights = layer.weights();
            this.biases = layer.biases();
            this.rectified = layer.activation() == Activation.RELU;
            this.shortcutSource = layer.shortcut().map(Shortcut::source).orElse(0);
            this.shortcutWeights = layer.shortcut().map(Shortcut::weights).orElse(new float[0]);
        }

        void apply(double[][] values, int layer) {
            double[] output = values[layer + 1];
            for (int unit = 0; unit < output.length; unit++) {
                double sum = biases[unit] + product(values[layer], weights, unit);
                if (shortcutWeights.length > 0) {
                    sum += product(values[shortcutSource], shortcutWeights, unit);
                }
                output[unit] = rectified ? Math.max(0, sum) : sum;
            }
        }

        private double product(double[] input, float[] matrix, int unit) {
            double sum = 0;
            for (int index = 0; index < input.length; index++) {
                sum += input[index] * matrix[index * biases.length + unit];
            }
            return sum;
        }
    }
}
