package dev.noether.model.symmetry.learned;

import dev.noether.model.numeric.SymmetricEigendecomposition;
import java.util.Arrays;

/**
 * Pairs in the coordinates of the leading directions, and their steps along the generator at hand; the formulas are those of
 * {@link SkewGeneratorEstimator}. Not thread-safe.
 */
final class OrbitFit {
    private static final int TANGENT_ROUNDS = 20;

    private static final double RIDGE = 1e-3;

    private static final int STEP_ROUNDS = 6;

    /** More pairs than this say nothing new about {@code rank²} numbers. */
    private static final int MOST_PAIRS = 200;

    /** Least misfit that counts, relative to the mean squared difference. */
    private static final double LEAST_MISFIT = 1e-4;

    private final double[][] starts;
    private final double[][] ends;
    private final double[][] differences;
    private final double[][] middles;
    private final double[] steps;
    private final double[] misfits;
    private final double meanSquare;

    private OrbitFit(double[][] starts, double[][] ends) {
        this.starts = starts;
        this.ends = ends;
        this.differences = new double[starts.length][];
        this.middles = new double[starts.length][];
        this.steps = new double[starts.length];
        this.misfits = new double[starts.length];
        double squares = 0;
        for (int pair = 0; pair < starts.length; pair++) {
            carry(pair, starts[pair], ends[pair]);
            squares += misfits[pair];
        }
        meanSquare = squares / starts.length;
    }

    static OrbitFit of(NeighbourPairs pairs, double[][] directions) {
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
        return new OrbitFit(starts, ends);
    }

    static double norm(double[][] matrix) {
        double squares = 0;
        for (double[] row : matrix) {
            squares += Matrices.dot(row, row);
        }
        return Math.sqrt(squares);
    }

    /** Alternating least squares on the tangents. */
    double[][] alternate(double[][] initial) {
        double[][] generator = initial;
        double[] weights = new double[steps.length];
        Arrays.fill(weights, 1);
        Arrays.fill(steps, 0);
        carryAll(generator);
        for (int round = 0; round < TANGENT_ROUNDS; round++) {
            Arrays.fill(steps, 0);
            advance(generator, Double.POSITIVE_INFINITY);
            generator = solve(generator, weights, false);
        }
        return generator;
    }

    /** The same on the orbit, with weights. */
    double[][] refine(double[][] initial, int rounds) {
        double[][] generator = initial;
        double[] weights = new double[steps.length];
        settle(generator);
        for (int round = 0; round < rounds; round++) {
            weigh(weights);
            generator = solve(generator, weights, true);
            carryAll(generator);
            advance(generator, halfTurn(generator));
            carryAll(generator);
        }
        return generator;
    }

    /** How badly a generator fits, at the best steps along it. */
    double meanLogarithm(double[][] generator) {
        settle(generator);
        double sum = 0;
        for (double misfit : misfits) {
            sum += Math.log(misfit + LEAST_MISFIT * meanSquare);
        }
        return sum / misfits.length;
    }

    /** Finds the steps along a generator. */
    private void settle(double[][] generator) {
        double limit = halfTurn(generator);
        Arrays.fill(steps, 0);
        carryAll(generator);
        for (int round = 0; round < STEP_ROUNDS; round++) {
            advance(generator, limit);
            carryAll(generator);
        }
    }

    /** The mean squared difference of a pair. */
    double meanSquare() {
        return meanSquare;
    }

    /** The root mean square of the steps. */
    double spread() {
        return Math.sqrt(Matrices.dot(steps, steps) / steps.length);
    }

    /** The share of the squared differences that the steps explain. */
    double explained() {
        return Math.max(0, 1 - Arrays.stream(misfits).average().orElse(0) / meanSquare);
    }

    private void carryAll(double[][] generator) {
        for (int pair = 0; pair < starts.length; pair++) {
            if (steps[pair] == 0) {
                carry(pair, starts[pair], ends[pair]);
            } else {
                carry(
                        pair,
                        SkewGenerator.exponential(generator, steps[pair] / 2, starts[pair]),
                        SkewGenerator.exponential(generator, -steps[pair] / 2, ends[pair]));
            }
        }
    }

    private void carry(int pair, double[] start, double[] end) {
        double[] difference = end.clone();
        double[] middle = end.clone();
        for (int index = 0; index < start.length; index++) {
            difference[index] -= start[index];
            middle[index] = (start[index] + end[index]) / 2;
        }
        differences[pair] = difference;
        middles[pair] = middle;
        misfits[pair] = Matrices.dot(difference, difference);
    }

    /** A step of Gauss and Newton for every ε, kept within a limit. */
    private void advance(double[][] generator, double limit) {
        for (int pair = 0; pair < steps.length; pair++) {
            double[] velocity = Matrices.product(generator, middles[pair]);
            double speed = Matrices.dot(velocity, velocity);
            double correction = speed > 0 ? Matrices.dot(differences[pair], velocity) / speed : 0;
            steps[pair] = Math.max(-limit, Math.min(limit, steps[pair] + correction));
        }
    }

    /** The step that turns the fastest plane by half a turn: beyond it, the way back is shorter. */
    private static double halfTurn(double[][] generator) {
        double[][] squared = Matrices.product(Matrices.transposed(generator), generator);
        return Math.PI / Math.sqrt(SymmetricEigendecomposition.of(squared).values()[0]);
    }

    private void weigh(double[] weights) {
        double[] sorted = misfits.clone();
        Arrays.sort(sorted);
        double scale = 4 * sorted[sorted.length / 2] + 1e-9 * meanSquare;
        for (int pair = 0; pair < weights.length; pair++) {
            weights[pair] = 1 / (1 + misfits[pair] / scale);
        }
    }

    /** The best skew-symmetric G for the steps, normalised; the steps grow by what it shrinks. */
    private double[][] solve(double[][] generator, double[] weights, boolean carried) {
        int size = generator.length;
        double[][] squares = new double[size][size];
        double[][] products = new double[size][size];
        for (int pair = 0; pair < steps.length; pair++) {
            double[] target = differences[pair].clone();
            if (carried) {
                Matrices.addMultiple(target, steps[pair], Matrices.product(generator, middles[pair]));
            }
            double weight = weights[pair] * steps[pair];
            for (int row = 0; row < size; row++) {
                Matrices.addMultiple(squares[row], weight * steps[pair] * middles[pair][row], middles[pair]);
                Matrices.addMultiple(products[row], weight * target[row], middles[pair]);
            }
        }
        double[][] solution = skewSolution(squares, products);
        double norm = norm(solution);
        if (!(norm > 0)) {
            return generator;
        }
        for (int pair = 0; pair < steps.length; pair++) {
            steps[pair] *= norm;
        }
        return normalised(solution, norm);
    }

    private static double[][] skewSolution(double[][] squares, double[][] products) {
        int size = squares.length;
        SymmetricEigendecomposition decomposition = SymmetricEigendecomposition.of(squares);
        double[] values = decomposition.values();
        double[][] rows = decomposition.vectors();
        double[][] columns = Matrices.transposed(rows);
        double[][] skew = new double[size][size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                skew[row][column] = products[row][column] - products[column][row];
            }
        }
        double[][] inside = Matrices.product(rows, Matrices.product(skew, columns));
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                inside[row][column] /=
                        Math.max(Double.MIN_NORMAL, values[row] + values[column] + 2 * RIDGE * values[0]);
            }
        }
        return Matrices.product(columns, Matrices.product(inside, rows));
    }

    static double[][] normalised(double[][] matrix, double norm) {
        for (double[] row : matrix) {
            for (int column = 0; column < row.length; column++) {
                row[column] /= norm;
            }
        }
        return matrix;
    }
}
