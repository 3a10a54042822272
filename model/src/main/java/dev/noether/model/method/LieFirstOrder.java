package dev.noether.model.method;

import static java.util.Objects.requireNonNull;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.engine.Engine;
import dev.noether.model.symmetry.PenaltyOptions;
import java.util.random.RandomGenerator;

/**
 * The Lie group autoencoder of first order (Eq. 12). The penalty requires that the decoder maps near latent points to
 * points that are related by {@code I + Σ ε_k G_k}. The generators G_k are trained together with the network.
 *
 * @param penalty settings of the penalty
 */
public record LieFirstOrder(PenaltyOptions penalty) implements TrainingMethod {

    /** Refuses null. */
    public LieFirstOrder {
        requireNonNull(penalty, "penalty");
    }

    /** Default settings with the given weight: low-rank generators, 4 pairs at every second step. */
    public static LieFirstOrder weighted(double weight) {
        return new LieFirstOrder(PenaltyOptions.weighted(weight));
    }

    @Override
    public MethodStep step(Engine engine, Autoencoder network, int batchSize, RandomGenerator random) {
        return new Step(engine, network, random);
    }

    /** The step of the method; visible to tests of its gradient. */
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
            if (!schedule().isDue()) {
                return schedule().last();
            }
            int offset = rows * width;
            return schedule()
                    .keep(symmetry()
                            .evaluate(output, offset, penalty.samples(), penalty.evaluationWeight(), gradient, offset));
        }
    }
}
