package dev.noether.model.symmetry.learned;

/**
 * Pairs of similar series. Each pair is a difference of two series, and the point at which the velocities of the
 * generators explain it.
 */
public interface SeriesPairs {

    /** Number of pairs, at least 1. */
    int count();

    /** Values per series. */
    int length();

    /** Standard deviation of the smoothing of the series in samples, 0 for none. */
    default double smoothing() {
        return 0;
    }

    /**
     * Writes a pair.
     *
     * @param pair index in [0, {@link #count()})
     * @param difference receives the difference, {@code [length]}
     * @param point receives the series at which the velocities are taken, {@code [length]}
     */
    void copyPair(int pair, double[] difference, double[] point);
}
