package dev.noether.lab.control;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.engine.Engine;
import dev.noether.model.method.MethodStep;
import dev.noether.model.method.TrainingMethod;
import java.util.random.RandomGenerator;

/**
 * A control, not a method of Table 1: the network meets each row moved by fresh normal noise, which it is to
 * reconstruct with the row. What this gains is due to more rows, not to what direction they are moved in. As many steps
 * as without it.
 *
 * @param noise standard deviation of what is added to each value, in the unit of the rows
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
