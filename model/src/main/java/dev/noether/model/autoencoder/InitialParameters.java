package dev.noether.model.autoencoder;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The parameters of an autoencoder before training, in the flat layout of its shape. */
final class InitialParameters {
    private InitialParameters() {}

    /**
     * Biases 0; weights normal with variance {@code 2 / layerInputWidth} before a ReLU (He et al. 2015) and
     * {@code 1 / layerInputWidth} otherwise, so that the layers preserve the size of a row.
     */
    static float[] normal(AutoencoderShape shape, RandomGenerator random) {
        float[] parameters = new float[shape.parameterCount()];
        for (int layer = 0; layer < shape.layerCount(); layer++) {
            double gain = shape.activation(layer) == Activation.RELU ? 2 : 1;
            double deviation = Math.sqrt(gain / shape.layerInputWidth(layer));
            int offset = shape.weightOffset(layer);
            for (int index = 0; index < shape.weightCount(layer); index++) {
                parameters[offset + index] = (float) (deviation * random.nextGaussian());
            }
        }
        return parameters;
    }

    /** As {@link #normal}, but with weights 0 in the code layer and the last layer. */
    static float[] residual(AutoencoderShape shape, RandomGenerator random) {
        float[] parameters = normal(shape, random);
        for (int layer : new int[] {shape.codeLayer(), shape.layerCount() - 1}) {
            int offset = shape.weightOffset(layer);
            Arrays.fill(parameters, offset, offset + shape.weightCount(layer), 0);
        }
        return parameters;
    }
}
