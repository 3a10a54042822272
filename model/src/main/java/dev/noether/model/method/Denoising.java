package dev.noether.model.method;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.engine.Engine;
import java.util.random.RandomGenerator;

/**
 * The denoising autoencoder (Vincent et al. 2008): it reconstructs a row x from {@code x + e} with normal noise e. The
 * paper tries standard deviations from 0.001 to 1.
 *
 * @param noise standard deviation of the noise in each value, in the unit of the rows
 */
public record Denoising(double noise) implements TrainingMethod {

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if {@code noise} is not finite and above 0
     */
    public Denoising {
        if (!(noise > 0 && noise < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`noise` must be finite and above 0 (got %s)".formatted(noise));
        }
    }

    @Override
    public MethodStep step(Engine engine, Autoencoder network, int batchSize, RandomGenerator random) {
        return new Step(network.shape().inputWidth(), batchSize);
    }

    private final class Step implements MethodStep {
        private final int width;
        private final float[] noisy;

        Step(int width, int batchSize) {
            this.width = width;
            this.noisy = new float[Math.multiplyExact(batchSize, width)];
        }

        @Override
        public float[] input(float[] batch, int rows, RandomGenerator random) {
            for (int index = 0; index < rows * width; index++) {
                noisy[index] = (float) (batch[index] + noise * random.nextGaussian());
            }
            return noisy;
        }
    }
}
