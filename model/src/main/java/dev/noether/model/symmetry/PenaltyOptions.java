package dev.noether.model.symmetry;

import static java.util.Objects.requireNonNull;

/**
 * The settings of a symmetry penalty (Eq. 12 and 13). The number of generators is the number of units of the code, as
 * in the paper.
 *
 * @param weight factor of the penalty in the loss, above 0
 * @param structure structure of the generators
 * @param rank rank of the low-rank part of each generator; ignored by structures without one
 * @param radius distance of a latent point's neighbour, in standard deviations of the codes
 * @param ridge Tikhonov term of the coefficients, relative to the mean diagonal of their normal matrix, in (0, 1]
 * @param samples number of latent pairs of an evaluation, over which the penalty is a Monte Carlo mean
 * @param interval number of training steps per evaluation, at least 1; the weight of an evaluation is multiplied by it,
 *     so that the mean gradient is that of an evaluation at each step
 */
public record PenaltyOptions(
        double weight, GeneratorStructure structure, int rank, double radius, double ridge, int samples, int interval) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range or NaN
     */
    public PenaltyOptions {
        if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`weight` must be finite and above 0 (got %s)".formatted(weight));
        }
        requireNonNull(structure, "structure");
        if (!(rank >= 1)) {
            throw new IllegalArgumentException("`rank` must be at least 1 (got %d)".formatted(rank));
        }
        if (!(radius > 0 && radius < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`radius` must be finite and above 0 (got %s)".formatted(radius));
        }
        if (!(ridge > 0 && ridge <= 1)) {
            throw new IllegalArgumentException("`ridge` must be in (0, 1] (got %s)".formatted(ridge));
        }
        if (!(samples >= 1)) {
            throw new IllegalArgumentException("`samples` must be at least 1 (got %d)".formatted(samples));
        }
        if (!(interval >= 1)) {
            throw new IllegalArgumentException("`interval` must be at least 1 (got %d)".formatted(interval));
        }
    }

    /**
     * Default settings with the given weight: generators of rank 4, radius 0.3, ridge 0.001, 4 samples at every second
     * step.
     */
    public static PenaltyOptions weighted(double weight) {
        return new PenaltyOptions(weight, GeneratorStructure.LOW_RANK, 4, 0.3, 1e-3, 4, 2);
    }

    /** These options with generators of another structure. */
    public PenaltyOptions withStructure(GeneratorStructure structure) {
        return new PenaltyOptions(weight, structure, rank, radius, ridge, samples, interval);
    }

    /** These options with another rank. */
    public PenaltyOptions withRank(int rank) {
        return new PenaltyOptions(weight, structure, rank, radius, ridge, samples, interval);
    }

    /** These options with another number of pairs. */
    public PenaltyOptions withSamples(int samples) {
        return new PenaltyOptions(weight, structure, rank, radius, ridge, samples, interval);
    }

    /** These options with another interval. */
    public PenaltyOptions withInterval(int interval) {
        return new PenaltyOptions(weight, structure, rank, radius, ridge, samples, interval);
    }

    /** The weight of one evaluation: {@code weight · interval}, so that the mean over the steps is {@link #weight}. */
    public double evaluationWeight() {
        return weight * interval;
    }
}
