package dev.noether.model.symmetry.learned;

import java.util.random.RandomGenerator;

/**
 * A flow that moves series along their orbit, learned or prescribed. Immutable and thread-safe; the caller passes the
 * source of random numbers.
 */
public sealed interface SymmetryFlow permits WarpFlow, ValueFlow, RotationFlow, ShiftFlow {

    /**
     * Moves a series by a random motion.
     *
     * @param series {@code [length]}
     * @param turn number of the motion, at least 0, for a flow of finitely many motions; others ignore it
     * @param random source of random motions; a flow of finitely many motions ignores it
     * @param moved receives {@code [length]}; must not be the series itself
     */
    void move(double[] series, int turn, RandomGenerator random, double[] moved);

    /** Number of different motions; {@link Integer#MAX_VALUE} for a continuum. */
    default int motions() {
        return Integer.MAX_VALUE;
    }

    /**
     * The same motions with their size multiplied by a factor.
     *
     * @param strength the factor, finite and above 0
     */
    SymmetryFlow scaled(double strength);
}
