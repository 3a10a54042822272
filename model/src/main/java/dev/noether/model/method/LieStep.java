package dev.noether.model.method;

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
 * The common part of the Lie group methods of both orders: the penalty, its generators, its sampler and its schedule.
 */
abstract class LieStep implements MethodStep {
    private final LatentSampler sampler;
    private final GeneratorTraining generators;
    private final SymmetryPenalty symmetry;
    private final PenaltySchedule schedule;

    /**
     * A step with generators before training.
     *
     * @param rowsPerSample number of rows that share their ε: 1 for the first order, the size of the code for the
     *     second
     */
    LieStep(Engine engine, AutoencoderShape shape, PenaltyOptions options, int rowsPerSample, RandomGenerator random) {
        int points = Math.multiplyExact(options.samples(), rowsPerSample);
        this.sampler = new LatentSampler(shape.codeSize(), options.radius());
        this.generators = new GeneratorTraining(engine, shape, options, points, random);
        this.symmetry = new SymmetryPenalty(generators.trainable(), options.samples(), rowsPerSample, options.ridge());
        this.schedule = new PenaltySchedule(options.interval());
    }

    final LatentSampler sampler() {
        return sampler;
    }

    final SymmetryPenalty symmetry() {
        return symmetry;
    }

    final PenaltySchedule schedule() {
        return schedule;
    }

    /** Whether the last step computed a gradient with respect to the generators. */
    boolean isEvaluated() {
        return schedule.isDue();
    }

    @Override
    public final void update(Adam adam) {
        if (isEvaluated()) {
            generators.update(adam);
        }
    }

    @Override
    public final Optional<Generators> generators() {
        return Optional.of(generators.trainable().snapshot());
    }

    final GeneratorTraining training() {
        return generators;
    }
}
