package dev.noether.model.symmetry.learned;

import dev.noether.model.numeric.Matrices;
import dev.noether.model.numeric.MatrixExponential;
import dev.noether.model.numeric.SymmetricEigendecomposition;
import dev.noether.model.numeric.Vectors;
import java.util.Arrays;

/**
 * Pairs of neighbours with the step ε of each along a skew-symmetric generator G, in the coordinates of the leading
 * directions.
 *
 * <p>A pair {@code (x_i, x_j)} is moved to its common middle: {@code a = exp(εG/2) x_i} and {@code b = exp(−εG/2) x_j}.
 * What is left between the two ends is the difference {@code b − a}, its square the misfit, and {@code m = (a + b)/2}
 * the midpoint. At most {@value #MOST_PAIRS} evenly spaced pairs are used. Not thread-safe.
 */
final class PairsOnOrbit {
    /** More pairs than this add no information about the {@code rank²} entries of G. */
    static final int MOST_PAIRS = 200;

    private static final int STEP_ROUNDS = 6;

    /** Least misfit in the mean logarithm, relative to the mean squared difference. */
    private static final double LEAST_MISFIT = 1e-4;

    private final double[][] starts;
    private final double[][] ends;
    private final double[][] differences;
    private final double[][] midpoints;
    private final double[] steps;
    private final double[] misfits;
    private final double meanSquare;

    private PairsOnOrbit(double[][] starts, double[][] ends) {
        this.starts = starts;
        this.ends = ends;
        this.differences = new double[starts.length][];
        this.midpoints = new double[starts.length][];
        this.steps = new double[starts.length];
        this.misfits = new double[starts.length];
        double squares = 0;
        for (int pair = 0; pair < starts.length; pair++) {
            setEnds(pair, starts[pair], ends[pair]);
            squares += misfits[pair];
        }
        meanSquare = squares / starts.length;
    }

    /**
     * The pairs in the coordinates of some directions, at step 0.
     *
     * @param directions orthonormal, {@code [rank][length]}
     */
    static PairsOnOrbit of(NeighbourPairs pairs, double[][] directions) {
        int count = Math.min(pairs.count(), MOST_PAIRS);
        double[][] starts = new double[count][];
        double[][] ends = new double[count][];
        double[] start = new double[pairs.length()];
        double[] end = new double[pairs.length()];
        for (int index = 0; index < count; index++) {
            pairs.copyEnds((int) ((long) index * pairs.count() / count), start, end);
            starts[index] = Matrices.product(directions, start);
            ends[index] = Matrices.product(directions, end);
        }
        return new PairsOnOrbit(starts, ends);
    }

    /** Number of pairs. */
    int count() {
        return steps.length;
    }

    /** The mean squared difference of a pair before it was moved. */
    double meanSquare() {
        return meanSquare;
    }

    /** The steps ε, {@code [count]}; not a copy. */
    double[] steps() {
        return steps;
    }

    /** The squared differences of the moved ends, {@code [count]}; not a copy. */
    double[] misfits() {
        return misfits;
    }

    /** The difference {@code b − a} of a pair's moved ends; not a copy. */
    double[] difference(int pair) {
        return differences[pair];
    }

    /** The midpoint {@code (a + b)/2} of a pair's moved ends; not a copy. */
    double[] midpoint(int pair) {
        return midpoints[pair];
    }

    /** How well a generator explains the pairs, at the best steps along it. */
    RotationQuality quality(double[][] generator) {
        findSteps(generator);
        double logarithms = 0;
        for (double misfit : misfits) {
            logarithms += Math.log(misfit + LEAST_MISFIT * meanSquare);
        }
        return new RotationQuality(
                logarithms / misfits.length,
                Math.sqrt(Vectors.dot(steps, steps) / steps.length),
                Math.max(0, 1 - Arrays.stream(misfits).average().orElse(0) / meanSquare));
    }

    /** Finds the best step of every pair along a generator, at most half a turn, and moves the pairs by it. */
    void findSteps(double[][] generator) {
        double limit = halfTurn(generator);
        clearSteps();
        moveToMiddle(generator);
        for (int round = 0; round < STEP_ROUNDS; round++) {
            improveSteps(generator, limit);
            moveToMiddle(generator);
        }
    }

    /** Sets all steps to 0; the moved ends stay as they are. */
    void clearSteps() {
        Arrays.fill(steps, 0);
    }

    /** Multiplies all steps by a factor; the moved ends stay as they are. */
    void scaleSteps(double factor) {
        for (int pair = 0; pair < steps.length; pair++) {
            steps[pair] *= factor;
        }
    }

    /** One Gauss-Newton correction of every step, {@code ε + ⟨b − a, Gm⟩/‖Gm‖²}, limited to [−limit, limit]. */
    void improveSteps(double[][] generator, double limit) {
        for (int pair = 0; pair < steps.length; pair++) {
            double[] velocity = Matrices.product(generator, midpoints[pair]);
            double speed = Vectors.dot(velocity, velocity);
            double correction = speed > 0 ? Vectors.dot(differences[pair], velocity) / speed : 0;
            steps[pair] = Math.max(-limit, Math.min(limit, steps[pair] + correction));
        }
    }

    /** Moves the ends of every pair to their common middle, by half its step each. */
    void moveToMiddle(double[][] generator) {
        for (int pair = 0; pair < starts.length; pair++) {
            if (steps[pair] == 0) {
                setEnds(pair, starts[pair], ends[pair]);
            } else {
                setEnds(
                        pair,
                        MatrixExponential.apply(generator, steps[pair] / 2, starts[pair]),
                        MatrixExponential.apply(generator, -steps[pair] / 2, ends[pair]));
            }
        }
    }

    /** The step that turns the fastest plane of a generator by half a turn. A longer step is never the shortest way. */
    static double halfTurn(double[][] generator) {
        double[][] squared = Matrices.product(Matrices.transpose(generator), generator);
        return Math.PI / Math.sqrt(SymmetricEigendecomposition.of(squared).values()[0]);
    }

    private void setEnds(int pair, double[] start, double[] end) {
        double[] difference = end.clone();
        double[] midpoint = end.clone();
        for (int index = 0; index < start.length; index++) {
            difference[index] -= start[index];
            midpoint[index] = (start[index] + end[index]) / 2;
        }
        differences[pair] = difference;
        midpoints[pair] = midpoint;
        misfits[pair] = Vectors.dot(difference, difference);
    }
}
