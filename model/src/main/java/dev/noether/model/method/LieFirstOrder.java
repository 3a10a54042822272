package dev.noether.model.method;

import static java.util.Objects.requireNonNull;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.engine.Engine;
import dev.noether.model.symmetry.PenaltyOptions;
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

    /** With a weight, and the default settings: low-rank generators, 4 pairs at every second step. */
    public static LieFirstOrder weighted(double weight) {
        return new LieFirstOrder(PenaltyOptions.weighted(weight));
    }

    @Override
    public MethodStep step(Engine engine, Autoencoder network, int batchSize, RandomGenerator random) {
        return new Step(engine, network, random);
    }

    /** At work; visible so that its gradient can be checked. */
    final class Step extends LieStep {
        private final int width;

        Step(Engine engine, Autoencoder network, RandomGenerator random) {
            super(engine, network.shape(), penalty, 1, random);
            this.width = network.shape().inputWidth();
        }

        @Override
        public int mostLatentRows() {
            return 2 * penalty.samples();
        }

        @Override
        public int drawLatentPoints(float[] codes, int rows, RandomGenerator random) {
            if (!schedule().begin()) {
                return 0;
            }
            sampler().sample(codes, rows, random, penalty.samples(), codes, rows);
            return mostLatentRows();
        }

        @Override
        public double differentiateAtLatentPoints(float[] output, int rows, float[] gradient) {
            if (!schedule().due()) {
                return schedule().last();
            }
            int offset = rows * width;
            return schedule()
                    .keep(symmetry()
                            .evaluate(output, offset, penalty.samples(), penalty.evaluationWeight(), gradient, offset));
        }
    }
}
