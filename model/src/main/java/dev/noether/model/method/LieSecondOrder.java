package dev.noether.model.method;

import static java.util.Objects.requireNonNull;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.gradient.Backpropagation;
import dev.noether.model.gradient.JacobianPropagation;
import dev.noether.model.gradient.LayerArrays;
import dev.noether.model.symmetry.PenaltyOptions;
import java.util.random.RandomGenerator;

/**
 * The Lie group autoencoder of second order (Eq. 13). The penalty requires that the Jacobians of the decoder in
 * neighbouring regions are related by {@code I + Σ ε_k G_k}, with one ε for all columns of a Jacobian. Sampled points
 * without a neighbouring region within the radius are left out of the mean. A step in which no point has one has no
 * penalty.
 *
 * @param penalty settings of the penalty
 */
public record LieSecondOrder(PenaltyOptions penalty) implements TrainingMethod {
    private static final int DEFAULT_SAMPLES = 8;
    /** Refuses null. */
    public LieSecondOrder {
        requireNonNull(penalty, "penalty");
    }

    /** Default settings with the given weight: low-rank generators, 8 pairs at every second step. */
    public static LieSecondOrder weighted(double weight) {
        return new LieSecondOrder(PenaltyOptions.weighted(weight).withSamples(DEFAULT_SAMPLES));
    }

    @Override
    public MethodStep step(Engine engine, Autoencoder network, int batchSize, RandomGenerator random) {
        return new Step(engine, network, random);
    }

    /** The step of the method; visible to tests of its gradient. */
    final class Step extends LieStep {
        private final int lastLayer;
        private final int rowValues;
        private final NeighbouringRegions regions;
        private final Backpropagation decoder;
        private final JacobianPropagation jacobians;
        private final float[] latentPairs;
        private final float[] neighbours;
        private int foundPairs;

        Step(Engine engine, Autoencoder network, RandomGenerator random) {
            super(engine, network.shape(), penalty, network.shape().codeSize(), random);
            AutoencoderShape shape = network.shape();
            int points = Math.multiplyExact(2, penalty.samples());
            int firstLayer = shape.codeLayer() + 1;
            // Only the activation patterns of the decoder are needed, and its last layer has none.
            this.lastLayer = Math.max(firstLayer, shape.layerCount() - 2);
            this.rowValues = shape.codeSize() * shape.inputWidth();
            this.regions = new NeighbouringRegions(engine, network, penalty.samples());
            this.decoder = new Backpropagation(engine, shape, network.base().orElse(null), firstLayer, points);
            this.jacobians = JacobianPropagation.ofDecoder(engine, network, points);
            this.latentPairs = new float[Math.multiplyExact(points, shape.codeSize())];
            this.neighbours = new float[latentPairs.length];
        }

        @Override
        public double differentiate(
                LayerArrays parameters,
                float[] batch,
                float[] codes,
                int rows,
                RandomGenerator random,
                LayerArrays gradient) {
            if (!schedule().begin()) {
                return schedule().last();
            }
            sampler().sample(codes, rows, random, penalty.samples(), latentPairs);
            return schedule().keep(differentiate(parameters, latentPairs, gradient));
        }

        /**
         * Adds the gradient for given latent points, whatever the schedule.
         *
         * @param latentPairs starts and ends of the search, {@code [2 × samples, codeSize]}
         * @return the penalty without its weight; 0 if no start has a neighbouring region
         */
        double differentiate(LayerArrays parameters, float[] latentPairs, LayerArrays gradient) {
            foundPairs = regions.find(parameters, latentPairs, penalty.samples(), neighbours);
            if (foundPairs == 0) {
                return 0;
            }
            decoder.forward(parameters, neighbours, 2 * foundPairs, lastLayer);
            float[] pairs = jacobians.forward(parameters, decoder, 2 * foundPairs);
            double value = symmetry().evaluate(pairs, foundPairs, penalty.evaluationWeight());
            System.arraycopy(symmetry().pairsGradient(), 0, jacobians.outputGradient(), 0, 2 * foundPairs * rowValues);
            jacobians.backward(parameters, decoder, 2 * foundPairs, gradient);
            return value;
        }

        @Override
        boolean isEvaluated() {
            return super.isEvaluated() && foundPairs > 0;
        }

        /** Number of pairs of the last evaluation with a neighbouring region. */
        int foundPairs() {
            return foundPairs;
        }

        /**
         * The pairs of the last evaluation: starts, then points of neighbouring regions,
         * {@code [2 × foundPairs, codeSize]}.
         */
        float[] neighbours() {
            return neighbours;
        }
    }
}
