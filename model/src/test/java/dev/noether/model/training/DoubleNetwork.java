package dev.noether.model.training;

import dev.noether.model.autoencoder.Activation;
import dev.noether.model.autoencoder.AutoencoderShape;

/** The forward pass in double precision, row by row, on flat parameters; it shares nothing with the code under test. */
final class DoubleNetwork {
    private final AutoencoderShape shape;
    private double smallestPreactivation = Double.POSITIVE_INFINITY;

    DoubleNetwork(AutoencoderShape shape) {
        this.shape = shape;
    }

    /** How near any rectified unit has come to its kink, where a difference quotient says nothing about a derivative. */
    double smallestPreactivation() {
        return smallestPreactivation;
    }

    double[] run(double[] parameters, double[] row, int firstLayer) {
        double[] values = row;
        for (int layer = firstLayer; layer < shape.layerCount(); layer++) {
            int width = shape.layerWidth(layer);
            double[] next = new double[width];
            for (int unit = 0; unit < width; unit++) {
                double sum = parameters[shape.biasOffset(layer) + unit];
                for (int index = 0; index < values.length; index++) {
                    sum += values[index] * parameters[shape.weightOffset(layer) + index * width + unit];
                }
                if (shape.activation(layer) == Activation.RELU) {
                    smallestPreactivation = Math.min(smallestPreactivation, Math.abs(sum));
                    sum = Math.max(0, sum);
                }
                next[unit] = sum;
            }
            values = next;
        }
        return values;
    }
}
