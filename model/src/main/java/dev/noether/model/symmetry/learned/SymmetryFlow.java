package dev.noether.model.symmetry.learned;

import java.util.random.RandomGenerator;

/**
 * A way to move a series along its orbit: learned or prescribed. Immutable and thread-safe; what a motion draws at random
 * comes from the generator that is handed in.
 */
public sealed interface SymmetryFlow permits WarpFlow, ValueFlow, RotationFlow, ShiftFlow {

    /**
     * Moves a series by a random motion.
     *
     * @param series {@code [length]}
     * @param turn which motion, at least 0, where there are finitely many and they take turns
     * @param random source of the others
     * @param moved receives {@code [length]}; another array than the series
     */
    void move(double[] series, int turn, RandomGenerator random, double[] moved);

    /** How many different motions there are; {@link Integer#MAX_VALUE} for a continuum. */
    default int motions() {
        return Integer.MAX_VALUE;
    }

    /**
     * The same motions, so many times as far.
     *
     * @param strength finite and above 0
     */
    SymmetryFlow scaled(double strength);

    /** Returns the strength, or complains. */
    static double requireStrength(double strength) {
        if (!(strength > 0 && strength < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`strength` must be finite and above 0 (got " + strength + ")");
        }
        return strength;
    }
}
