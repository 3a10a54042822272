package dev.noether.model.method;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.gradient.Backpropagation;
import dev.noether.model.gradient.JacobianPropagation;
import dev.noether.model.gradient.LayerArrays;
import java.util.random.RandomGenerator;

/**
 * The higher-order contractive autoencoder (Rifai et al. 2011). It penalises the Jacobian {@code A_E} of the encoder,
 * so that the code changes little when a row x does, and the change of the Jacobian between the row and noisy
 * neighbours {@code x + e_i}. For N rows and c neighbours of each it adds
 *
 * <pre>{@code 1/N Σ_n ( λ ‖A_E(x_n)‖² + γ/c Σ_i ‖A_E(x_n) − A_E(x_n + e_i)‖² )}</pre>
 *
 * @param weight λ, the factor of the squared Frobenius norm of the Jacobian
 * @param differenceWeight γ, the factor of the squared difference of Jacobians, a stochastic estimate of the Hessian
 * @param noise standard deviation of each value of e, in the unit of the rows
 * @param neighbours c, the number of neighbours of each row
 */
public record Contractive(double weight, double differenceWeight, double noise, int neighbours)
        implements TrainingMethod {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range or NaN
     */
    public Contractive {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`weight` must be finite and at least 0 (got %s)".formatted(weight));
        }
        if (!(differenceWeight >= 0 && differenceWeight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "`differenceWeight` must be finite and at least 0 (got %s)".formatted(differenceWeight));
        }
        if (!(noise > 0 && noise < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`noise` must be finite and above 0 (got %s)".formatted(noise));
        }
        if (!(neighbours >= 1)) {
            throw new IllegalArgumentException("`neighbours` must be at least 1 (got %d)".formatted(neighbours));
        }
    }

    /** Both terms with the same weight, and one neighbour with noise of standard deviation 0.1. */
    public static Contractive weighted(double weight) {
        return new Contractive(weight, weight, 0.1, 1);
    }

    @Override
    public MethodStep step(Engine engine, Autoencoder network, int batchSize, RandomGenerator random) {
        return new Step(engine, network, batchSize);
    }

    /** The step of the method; visible to tests of its gradient. */
    final class Step implements MethodStep {
        private final int width;
        private final int codeLayer;
        private final int values;
        private final Backpropagation encoder;
        private final JacobianPropagation jacobians;
        private final float[] points;

        Step(Engine engine, Autoencoder network, int batchSize) {
            AutoencoderShape shape = network.shape();
            int capacity = Math.multiplyExact(batchSize, neighbours + 1);
            this.width = shape.inputWidth();
            this.codeLayer = shape.codeLayer();
            this.values = shape.codeSize() * width;
            this.encoder = new Backpropagation(engine, shape, network.base().orElse(null), 0, capacity);
            this.jacobians = JacobianPropagation.ofEncoder(engine, network, capacity);
            this.points = new float[Math.multiplyExact(capacity, width)];
        }

        @Override
        public double differentiate(
                LayerArrays parameters,
                float[] batch,
                float[] codes,
                int rows,
                RandomGenerator random,
                LayerArrays gradient) {
            int count = rows * width;
            System.arraycopy(batch, 0, points, 0, count);
            for (int neighbour = 1; neighbour <= neighbours; neighbour++) {
                for (int index = 0; index < count; index++) {
                    points[neighbour * count + index] = (float) (batch[index] + noise * random.nextGaussian());
                }
            }
            return differentiate(parameters, points, rows, gradient);
        }

        /**
         * Adds the gradient at given points.
         *
         * @param points {@code [(1 + neighbours) × rows, width]}: the rows, then a neighbour of each, and so on
         * @return the weighted penalty
         */
        double differentiate(LayerArrays parameters, float[] points, int rows, LayerArrays gradient) {
            int all = rows * (neighbours + 1);
            encoder.forward(parameters, points, all, codeLayer);
            float[] jacobian = jacobians.forward(parameters, encoder, all);
            double loss = evaluate(jacobian, rows * values, 1.0 / rows, jacobians.outputGradient());
            jacobians.backward(parameters, encoder, all, gradient);
            return loss;
        }

        /**
         * The weighted penalty, and its gradient with respect to the Jacobians.
         *
         * @param jacobian the Jacobians of the rows, followed by those of the neighbours
         * @param count number of values in the Jacobians of the rows
         * @param scale 1 / N
         * @param slopes receives the gradient
         */
        private double evaluate(float[] jacobian, int count, double scale, float[] slopes) {
            float norm = (float) (2 * weight * scale);
            float difference = (float) (2 * differenceWeight * scale / neighbours);
            double normLoss = 0;
            for (int index = 0; index < count; index++) {
                normLoss += (double) jacobian[index] * jacobian[index];
                slopes[index] = norm * jacobian[index];
            }
            double differenceLoss = 0;
            for (int neighbour = 1; neighbour <= neighbours; neighbour++) {
                int offset = neighbour * count;
                for (int index = 0; index < count; index++) {
                    float change = jacobian[index] - jacobian[offset + index];
                    differenceLoss += (double) change * change;
                    slopes[index] += difference * change;
                    slopes[offset + index] = -difference * change;
                }
            }
            return scale * (weight * normLoss + differenceWeight * differenceLoss / neighbours);
        }
    }
}
