package dev.noether.model.training;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.gradient.Adam;
import dev.noether.model.gradient.Backpropagation;
import dev.noether.model.gradient.LayerArrays;
import dev.noether.model.symmetry.FirstOrderPenalty;
import dev.noether.model.symmetry.LatentSampler;
import dev.noether.model.symmetry.LowRankGenerators;
import dev.noether.model.symmetry.PenaltyOptions;
import java.util.random.RandomGenerator;

/**
 * The symmetry penalty's part of a step: draw latent pairs, decode them, add the gradient to the decoder's, move the
 * generators. Not thread-safe.
 */
final class SymmetryStep {
    private final PenaltyOptions options;
    private final LatentSampler sampler;
    private final Backpropagation decoder;
    private final FirstOrderPenalty penalty;
    private final LowRankGenerators initial;
    private final float[] left;
    private final float[] right;
    private final Adam.Moments leftMoments;
    private final Adam.Moments rightMoments;
    private final float[] latentPairs;

    SymmetryStep(Engine engine, Autoencoder network, PenaltyOptions options, RandomGenerator random) {
        AutoencoderShape shape = network.shape();
        int width = shape.inputWidth();
        int codeSize = shape.codeSize();
        int samples = options.samples();
        this.options = options;
        this.sampler = new LatentSampler(codeSize, options.radius());
        this.decoder = new Backpropagation(
                engine, shape, network.base().orElse(null), shape.codeLayer() + 1, Math.multiplyExact(2, samples));
        this.penalty = new FirstOrderPenalty(engine, width, codeSize, options.rank(), samples, options.ridge());
        this.initial = LowRankGenerators.initialised(width, codeSize, options.rank(), random);
        this.left = initial.left();
        this.right = initial.right();
        this.leftMoments = new Adam.Moments(left.length);
        this.rightMoments = new Adam.Moments(right.length);
        this.latentPairs = new float[Math.multiplyExact(2 * samples, codeSize)];
    }

    /**
     * Adds the gradient of the weighted penalty to the decoder's layers of {@code gradient}.
     *
     * @param codes of the current batch, {@code [rows, codeSize]}
     * @return the penalty, without its weight
     */
    double differentiate(
            LayerArrays parameters, float[] codes, int rows, RandomGenerator random, LayerArrays gradient) {
        sampler.sample(codes, rows, random, options.samples(), latentPairs);
        return differentiate(parameters, latentPairs, gradient);
    }

    /** The same at given latent pairs, {@code [2 × samples, codeSize]}. */
    double differentiate(LayerArrays parameters, float[] latentPairs, LayerArrays gradient) {
        int rows = 2 * options.samples();
        float[] pairs = decoder.forward(parameters, latentPairs, rows);
        double value = penalty.evaluate(left, right, pairs, options.weight());
        System.arraycopy(penalty.pairsGradient(), 0, decoder.outputGradient(), 0, pairs.length);
        decoder.backward(parameters, rows, gradient, true);
        return value;
    }

    float[] leftGradient() {
        return penalty.leftGradient();
    }

    float[] rightGradient() {
        return penalty.rightGradient();
    }

    /** Moves the generators along the gradient of the last {@link #differentiate}. */
    void update(Adam adam) {
        adam.update(left, penalty.leftGradient(), leftMoments);
        adam.update(right, penalty.rightGradient(), rightMoments);
    }

    /** A copy of the generators as they are now. */
    LowRankGenerators generators() {
        return new LowRankGenerators(initial.width(), initial.count(), initial.rank(), left, right);
    }
}
