package dev.noether.model.symmetry;

/**
 * How strongly, and where, a decoder is asked to follow symmetry generators (Eq. 12). There are as many generators as the
 * code has units, as in the paper.
 *
 * @param weight factor of the penalty in the loss; 0 turns it off
 * @param rank rank of each generator
 * @param radius distance of a latent point's neighbour, in standard deviations of the codes
 * @param ridge Tikhonov term of the coefficients, relative to the mean diagonal of their normal matrix
 * @param samples number of latent pairs per step
 */
public record PenaltyOptions(double weight, int rank, double radius, double ridge, int samples) {

    /** No penalty. */
    public static final PenaltyOptions OFF = weighted(0);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range or NaN
     */
    public PenaltyOptions {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`weight` must be finite and at least 0 (got %s)".formatted(weight));
        }
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
    }

    /** A penalty of the given weight: rank 4, radius 0.3, ridge 0.001, 16 samples. */
    public static PenaltyOptions weighted(double weight) {
        return new PenaltyOptions(weight, 4, 0.3, 1e-3, 16);
    }

    /** Whether there is a penalty at all. */
    public boolean enabled() {
        return weight > 0;
    }
}
