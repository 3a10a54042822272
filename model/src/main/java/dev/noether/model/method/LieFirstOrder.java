package dev.noether.model.method;

import static java.util.Objects.requireNonNull;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.gradient.Adam;
import dev.noether.model.symmetry.Generators;
import dev.noether.model.symmetry.LatentSampler;
import dev.noether.model.symmetry.PenaltyOptions;
import dev.noether.model.symmetry.SymmetryPenalty;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The Lie group autoencoder of first order (Eq. 12): near points of the decoder's surface, drawn in the latent space, are to be
 * related by {@code I + Σ ε_k G_k}, with generators that are learned along.
 *
 * @param penalty the weight, and which pairs and generators
 */
public record LieFirstOrder(PenaltyOptions penalty) implements TrainingMethod {

    /** Checks that there are settings. */
    public LieFirstOrder {
        requireNonNull(penalty, "penalty");
    }

    /** With a weight, and the default settings: low-rank generators, 16 pairs a step. */
    public static LieFirstOrder weighted(double weight) {
        return new LieFirstOrder(PenaltyOptions.weighted(weight));
    }

    @Override
    public MethodStep step(Engine engine, Autoencoder network, int batchSize, RandomGenerator random) {
        return new Step(engine, network, random);
    }

    /** At work; visible so that its gradient can be checked. */
    final class Step implements MethodStep {
        private final int width;
        private final LatentSampler sampler;
        private final LearnedGenerators generators;
        private final SymmetryPenalty symmetry;

        Step(Engine engine, Autoencoder network, RandomGenerator random) {
            AutoencoderShape shape = network.shape();
            int samples = penalty.samples();
            this.width = shape.inputWidth();
            this.sampler = new LatentSampler(shape.codeSize(), penalty.radius());
            this.generators = new LearnedGenerators(engine, shape, penalty, samples, random);
            this.symmetry = new SymmetryPenalty(generators.trainable(), samples, 1, penalty.ridge());
        }

        @Override
        public int latentRows() {
            return 2 * penalty.samples();
        }

        @Override
        public void drawLatentPoints(float[] codes, int rows, RandomGenerator random) {
            sampler.sample(codes, rows, random, penalty.samples(), codes, rows);
        }

        @Override
        public double differentiateAtLatentPoints(float[] output, int rows, float[] gradient) {
            return symmetry.evaluate(output, rows * width, penalty.samples(), penalty.weight(), gradient, rows * width);
        }

        @Override
        public void update(Adam adam) {
            generators.update(adam);
        }

        @Override
        public Optional<Generators> generators() {
            return Optional.of(generators.trainable().snapshot());
        }

        LearnedGenerators learned() {
            return generators;
        }
    }
}
