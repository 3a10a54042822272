package dev.noether.lab.control;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.engine.Engine;
import dev.noether.model.method.MethodStep;
import dev.noether.model.method.TrainingMethod;
import java.util.random.RandomGenerator;

/**
 * A control, not a method of Table 1: new normal noise is added to each row of each batch, and the network reconstructs
 * the noisy row. A gain of this control is due to more rows, not to the direction of a motion. The number of steps does
 * not change.
 *
 * @param noise standard deviation of the noise, in the unit of the rows
 */
public record NoiseAugmentation(double noise) implements TrainingMethod {

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if {@code noise} is not finite and above 0
     */
    public NoiseAugmentation {
        if (!(noise > 0 && noise < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`noise` must be finite and above 0 (got %s)".formatted(noise));
        }
    }

    @Override
    public MethodStep step(Engine engine, Autoencoder network, int batchSize, RandomGenerator random) {
        return new Step(network.shape().inputWidth());
    }

    private final class Step implements MethodStep {
        private final int width;

        Step(int width) {
            this.width = width;
        }

        @Override
        public float[] input(float[] batch, int rows, RandomGenerator random) {
            for (int index = 0; index < rows * width; index++) {
                batch[index] += (float) (noise * random.nextGaussian());
            }
            return batch;
        }
    }
}
