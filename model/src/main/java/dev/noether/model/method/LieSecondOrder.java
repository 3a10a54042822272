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

    /** With a weight, and the default settings: low-rank generators, but 8 pairs, at every second step. */
    public static LieSecondOrder weighted(double weight) {
        return new LieSecondOrder(PenaltyOptions.weighted(weight).withSamples(DEFAULT_SAMPLES));
    }

    @Override
    public MethodStep step(Engine engine, Autoencoder network, int batchSize, RandomGenerator random) {
        return new Step(engine, network, random);
    }

    /** At work; visible so that its gradient can be checked. */
    final class Step extends LieStep {
        private final int lastLayer;
        private final int rowValues;
        private final NeighbouringRegions regions;
        private final Backpropagation decoder;
        private final JacobianPropagation jacobians;
        private final float[] latentPairs;
        private final float[] neighbours;
        private int found;

        Step(Engine engine, Autoencoder network, RandomGenerator random) {
            super(engine, network.shape(), penalty, network.shape().codeSize(), random);
            AutoencoderShape shape = network.shape();
            int points = Math.multiplyExact(2, penalty.samples());
            int firstLayer = shape.codeLayer() + 1;
            // Patterns are all that is wanted of the decoder, and its last layer has none.
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

        /** The same with given starts and ends of the search, {@code [2 × samples, codeSize]}, whatever step it is. */
        double differentiate(LayerArrays parameters, float[] latentPairs, LayerArrays gradient) {
            found = regions.find(parameters, latentPairs, penalty.samples(), neighbours);
            if (found == 0) {
                return 0;
            }
            decoder.forward(parameters, neighbours, 2 * found, lastLayer);
            float[] pairs = jacobians.forward(parameters, decoder, 2 * found);
            double value = symmetry().evaluate(pairs, found, penalty.evaluationWeight());
            System.arraycopy(symmetry().pairsGradient(), 0, jacobians.outputGradient(), 0, 2 * found * rowValues);
            jacobians.backward(parameters, decoder, 2 * found, gradient);
            return value;
        }

        @Override
        boolean evaluated() {
            return super.evaluated() && found > 0;
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
