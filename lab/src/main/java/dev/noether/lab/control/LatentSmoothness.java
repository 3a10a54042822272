package dev.noether.lab.control;

import static java.util.Objects.requireNonNull;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.gradient.Backpropagation;
import dev.noether.model.gradient.LayerArrays;
import dev.noether.model.method.LieFirstOrder;
import dev.noether.model.method.MethodStep;
import dev.noether.model.method.PenaltySchedule;
import dev.noether.model.method.TrainingMethod;
import dev.noether.model.symmetry.LatentSampler;
import dev.noether.model.symmetry.PenaltyOptions;
import java.util.random.RandomGenerator;

/**
 * A control, not a method of Table 1: the first-order penalty with all generators fixed at 0. Eq. 12 becomes {@code
 * 1/(N d) Σ ‖D − P‖²} over sampled latent neighbours. A gain of this control is due to a smoother decoder, not to a
 * symmetry.
 *
 * @param penalty weight, radius, number of pairs and interval; all other options are ignored
 */
public record LatentSmoothness(PenaltyOptions penalty) implements TrainingMethod {

    /** Checks that the options are present. */
    public LatentSmoothness {
        requireNonNull(penalty, "penalty");
    }

    /** Returns a control with a weight and the pairs of {@link LieFirstOrder#weighted}. */
    public static LatentSmoothness weighted(double weight) {
        return new LatentSmoothness(PenaltyOptions.weighted(weight));
    }

    @Override
    public MethodStep step(Engine engine, Autoencoder network, int batchSize, RandomGenerator random) {
        return new Step(engine, network);
    }

    /** The step of one training; visible for a test of its gradient. */
    final class Step implements MethodStep {
        private final int values;
        private final LatentSampler sampler;
        private final Backpropagation decoder;
        private final float[] latentPairs;
        private final PenaltySchedule schedule = new PenaltySchedule(penalty.interval());

        Step(Engine engine, Autoencoder network) {
            AutoencoderShape shape = network.shape();
            int points = Math.multiplyExact(2, penalty.samples());
            this.values = Math.multiplyExact(penalty.samples(), shape.inputWidth());
            this.sampler = new LatentSampler(shape.codeSize(), penalty.radius());
            this.decoder =
                    new Backpropagation(engine, shape, network.base().orElse(null), shape.codeLayer() + 1, points);
            this.latentPairs = new float[Math.multiplyExact(points, shape.codeSize())];
        }

        @Override
        public double differentiate(
                LayerArrays parameters,
                float[] batch,
                float[] codes,
                int rows,
                RandomGenerator random,
                LayerArrays gradient) {
            if (!schedule.begin()) {
                return schedule.last();
            }
            sampler.sample(codes, rows, random, penalty.samples(), latentPairs);
            return schedule.keep(differentiate(parameters, latentPairs, gradient));
        }

        /**
         * Differentiates the penalty at latent pairs, {@code [2 × samples, codeSize]}: first all points, then their
         * neighbours.
         */
        double differentiate(LayerArrays parameters, float[] latentPairs, LayerArrays gradient) {
            int points = 2 * penalty.samples();
            float[] pairs = decoder.forward(parameters, latentPairs, points);
            float[] slopes = decoder.outputGradient();
            float slope = (float) (2 * penalty.evaluationWeight() / values);
            double squares = 0;
            for (int index = 0; index < values; index++) {
                float difference = pairs[index] - pairs[values + index];
                squares += (double) difference * difference;
                slopes[index] = slope * difference;
                slopes[values + index] = -slope * difference;
            }
            decoder.backward(parameters, points, gradient, true);
            return squares / values;
        }
    }
}
