package dev.noether.model.method;

import static java.util.Objects.requireNonNull;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.gradient.Adam;
import dev.noether.model.gradient.Backpropagation;
import dev.noether.model.gradient.JacobianPropagation;
import dev.noether.model.gradient.LayerArrays;
import dev.noether.model.symmetry.Generators;
import dev.noether.model.symmetry.LatentSampler;
import dev.noether.model.symmetry.PenaltyOptions;
import dev.noether.model.symmetry.SymmetryPenalty;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The Lie group autoencoder of second order (Eq. 13): the tangents of neighbouring regions of the decoder, its Jacobians there,
 * are to be related by {@code I + Σ ε_k G_k}, one ε for all columns. Sampled points that have no neighbouring region within the
 * radius are left out, not counted as 0; a step in which none has one has no penalty.
 *
 * @param penalty the weight, and which pairs and generators
 */
public record LieSecondOrder(PenaltyOptions penalty) implements TrainingMethod {
    private static final int DEFAULT_SAMPLES = 8;

    /** Checks that there are settings. */
    public LieSecondOrder {
        requireNonNull(penalty, "penalty");
    }

    /** With a weight, and the default settings, but 8 pairs a step. */
    public static LieSecondOrder weighted(double weight) {
        return new LieSecondOrder(PenaltyOptions.weighted(weight).withSamples(DEFAULT_SAMPLES));
    }

    @Override
    public MethodStep step(Engine engine, Autoencoder network, int batchSize, RandomGenerator random) {
        return new Step(engine, network, random);
    }

    /** At work; visible so that its gradient can be checked. */
    final class Step implements MethodStep {
        private final int lastLayer;
        private final LatentSampler sampler;
        private final NeighbouringRegions regions;
        private final Backpropagation decoder;
        private final JacobianPropagation jacobians;
        private final LearnedGenerators generators;
        private final SymmetryPenalty symmetry;
        private final float[] latentPairs;
        private final float[] neighbours;
        private int found;

        Step(Engine engine, Autoencoder network, RandomGenerator random) {
            AutoencoderShape shape = network.shape();
            int samples = penalty.samples();
            int points = Math.multiplyExact(2, samples);
            int codeSize = shape.codeSize();
            int firstLayer = shape.codeLayer() + 1;
            // Patterns are all that is wanted of the decoder, and its last layer has none.
            this.lastLayer = Math.max(firstLayer, shape.layerCount() - 2);
            this.sampler = new LatentSampler(codeSize, penalty.radius());
            this.regions = new NeighbouringRegions(engine, network, samples);
            this.decoder = new Backpropagation(engine, shape, network.base().orElse(null), firstLayer, points);
            this.jacobians = JacobianPropagation.ofDecoder(engine, network, points);
            this.generators =
                    new LearnedGenerators(engine, shape, penalty, Math.multiplyExact(samples, codeSize), random);
            this.symmetry = new SymmetryPenalty(generators.trainable(), samples, codeSize, penalty.ridge());
            this.latentPairs = new float[Math.multiplyExact(points, codeSize)];
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
            sampler.sample(codes, rows, random, penalty.samples(), latentPairs);
            return differentiate(parameters, latentPairs, gradient);
        }

        /** The same with given starts and ends of the search, {@code [2 × samples, codeSize]}. */
        double differentiate(LayerArrays parameters, float[] latentPairs, LayerArrays gradient) {
            found = regions.find(parameters, latentPairs, penalty.samples(), neighbours);
            if (found == 0) {
                return 0;
            }
            decoder.forward(parameters, neighbours, 2 * found, lastLayer);
            float[] pairs = jacobians.forward(parameters, decoder, 2 * found);
            double value = symmetry.evaluate(pairs, found, penalty.weight());
            int values = 2 * found * penaltyRow();
            System.arraycopy(symmetry.pairsGradient(), 0, jacobians.outputGradient(), 0, values);
            jacobians.backward(parameters, decoder, 2 * found, gradient);
            return value;
        }

        private int penaltyRow() {
            return generators.trainable().count() * generators.trainable().width();
        }

        @Override
        public void update(Adam adam) {
            if (found > 0) {
                generators.update(adam);
            }
        }

        @Override
        public Optional<Generators> generators() {
            return Optional.of(generators.trainable().snapshot());
        }

        LearnedGenerators learned() {
            return generators;
        }

        /** How many pairs of the last evaluation had a neighbouring region. */
        int found() {
            return found;
        }

        /** Those pairs: starts, then points of neighbouring regions, {@code [2 × found, codeSize]}. */
        float[] neighbours() {
            return neighbours;
        }
    }
}
