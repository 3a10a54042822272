package dev.noether.model.engine;

import dev.noether.model.autoencoder.Activation;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;

/** The yardstick: plain Java that sums in double precision, written to be read and not to be fast. */
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
    public Reconstruction reconstruction(Autoencoder network, int capacity) {
        return new ReferenceReconstruction(network, MatrixArguments.requirePositive("capacity", capacity));
    }

    private static final class ReferenceReconstruction implements Reconstruction {
        private final AutoencoderShape shape;
        private final float[] parameters;
        private final int capacity;
        private final double[] layerInput;
        private final double[] layerOutput;

        ReferenceReconstruction(Autoencoder network, int capacity) {
            this.shape = network.shape();
            this.parameters = network.parameters();
            this.capacity = capacity;
            this.layerInput = new double[shape.widestRow()];
            this.layerOutput = new double[shape.widestRow()];
        }

        @Override
        public void run(float[] input, int rows, float[] output) {
            int width = shape.inputWidth();
            MatrixArguments.requireRun(input, rows, output, width, capacity);
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < width; column++) {
                    layerInput[column] = input[row * width + column];
                }
                for (int layer = 0; layer < shape.layerCount(); layer++) {
                    apply(layer);
                    System.arraycopy(layerOutput, 0, layerInput, 0, shape.layerWidth(layer));
                }
                for (int column = 0; column < width; column++) {
                    output[row * width + column] = (float) layerInput[column];
                }
            }
        }

        private void apply(int layer) {
            int weights = shape.weightOffset(layer);
            int biases = shape.biasOffset(layer);
            int width = shape.layerWidth(layer);
            boolean rectified = shape.activation(layer) == Activation.RELU;
            for (int unit = 0; unit < width; unit++) {
                double sum = parameters[biases + unit];
                for (int index = 0; index < shape.layerInputWidth(layer); index++) {
                    sum += layerInput[index] * parameters[weights + index * width + unit];
                }
                layerOutput[unit] = rectified ? Math.max(0, sum) : sum;
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
