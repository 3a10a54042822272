package dev.noether.model.symmetry.learned;

import dev.noether.model.data.SeriesSet;
import dev.noether.model.evaluation.SymmetricEigendecomposition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Learns one skew-symmetric generator in the leading directions of the rows from pairs of near neighbours, with no
 * assumption but that the motion preserves lengths.
 *
 * <p>First by alternating least squares on {@code D = ε G m}, from random starts:
 * {@code ε = ⟨D, Gm⟩/‖Gm‖²}; with {@code S = Σ ε² m mᵀ = W Λ Wᵀ} and {@code K = Σ ε D mᵀ},
 * {@code G = W [(Wᵀ(K − Kᵀ)W)_ab / (λ_a + λ_b + 2μ)] Wᵀ}. That is the tangent's approximation, too short for neighbours that are
 * not very near. Then each start is refined on the orbit itself: the ends of a pair are carried to their common middle,
 * {@code a = exp(εG/2) x_i} and {@code b = exp(−εG/2) x_j}, where the same formulas fit what is left,
 * {@code D = b − a + ε G m} at {@code m = (a + b)/2}; the fixed point is exact on data without noise. A pair that does not fit
 * weighs less (Cauchy's weights), because neighbours in space need not be neighbours on the orbit. The best starts are refined
 * to the end, and that with the smallest mean logarithm of the misfit wins.
 *
 * <p>The directions are about the origin, which linear motions fix, not about the mean of the sample, which they do not.
 *
 * @param rank number of directions, at least 2
 * @param restarts number of random starts for each number of neighbours, at least 1
 * @param seed of the starts
 */
public record SkewGeneratorEstimator(int rank, int restarts, long seed) {
    private static final int[] NEIGHBOURS = {2, 3};
    private static final int TANGENT_ROUNDS = 20;
    private static final int FIRST_ORBIT_ROUNDS = 15;
    private static final int LAST_ORBIT_ROUNDS = 60;
    private static final int FINALISTS = 4;
    private static final int STEP_ROUNDS = 6;
    private static final double RIDGE = 1e-3;

    /** More pairs than this say nothing new about {@code rank²} numbers. */
    private static final int MOST_PAIRS = 200;

    /** Least misfit that counts, relative to the mean squared difference. */
    private static final double LEAST_MISFIT = 1e-4;

    /** Checks the numbers. */
    public SkewGeneratorEstimator {
        if (!(rank >= 2)) {
            throw new IllegalArgumentException("`rank` must be at least 2 (got %d)".formatted(rank));
        }
        if (!(restarts >= 1)) {
            throw new IllegalArgumentException("`restarts` must be at least 1 (got %d)".formatted(restarts));
        }
    }

    /** Rank 10, 12 restarts, seed 1. */
    public static SkewGeneratorEstimator defaults() {
        return new SkewGeneratorEstimator(10, 12, 1);
    }

    /**
     * Learns the generator. Rows that span fewer than two directions, or do not differ, give one of rank 0.
     *
     * @param rows at least two
     */
    public SkewGenerator estimate(SeriesSet rows) {
        double[][] directions = LeadingSubspace.aboutOrigin(rows, Math.min(rank, rows.count() - 1))
                .directions();
        Fit judge = Fit.of(NeighbourPairs.of(rows, NEIGHBOURS[NEIGHBOURS.length - 1]), directions);
        if (directions.length < 2 || !(judge.meanSquare > 0)) {
            return new SkewGenerator(new double[0][], new double[0][], 0, 0);
        }
        List<Start> starts = new ArrayList<>();
        RandomGenerator random = new SplittableRandom(seed);
        for (int neighbours : NEIGHBOURS) {
            Fit fit = Fit.of(NeighbourPairs.of(rows, neighbours), directions);
            for (int restart = 0; restart < restarts; restart++) {
                double[][] tangent = fit.alternate(randomSkew(directions.length, random));
                starts.add(Start.of(fit, fit.refine(tangent, FIRST_ORBIT_ROUNDS), judge));
            }
        }
        Start best = starts.stream()
                .sorted(Comparator.comparingDouble(Start::misfit))
                .limit(FINALISTS)
                .map(start -> Start.of(start.fit(), start.fit().refine(start.generator(), LAST_ORBIT_ROUNDS), judge))
                .min(Comparator.comparingDouble(Start::misfit))
                .orElseThrow();
        judge.meanLogarithm(best.generator());
        return new SkewGenerator(directions, best.generator(), judge.spread(), judge.explained());
    }

    /** A generator on its way from a random start. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Start(Fit fit, double[][] generator, double misfit) {
        static Start of(Fit fit, double[][] generator, Fit judge) {
            return new Start(fit, generator, judge.meanLogarithm(generator));
        }
    }

    private static double[][] randomSkew(int size, RandomGenerator random) {
        double[][] matrix = new double[size][size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < row; column++) {
                matrix[row][column] = random.nextGaussian();
                matrix[column][row] = -matrix[row][column];
            }
        }
        return normalised(matrix, Fit.norm(matrix));
    }

    private static double[][] normalised(double[][] matrix, double norm) {
        for (double[] row : matrix) {
            for (int column = 0; column < row.length; column++) {
                row[column] /= norm;
            }
        }
        return matrix;
    }

    /** Pairs in the coordinates of the leading directions, and their steps along the generator at hand. */
    private static final class Fit {
        private final double[][] starts;
        private final double[][] ends;
        private final double[][] differences;
        private final double[][] middles;
        private final double[] steps;
        private final double[] misfits;
        private final double meanSquare;

        private Fit(double[][] starts, double[][] ends) {
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

        static Fit of(NeighbourPairs pairs, double[][] directions) {
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
            return new Fit(starts, ends);
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

        double spread() {
            return Math.sqrt(Matrices.dot(steps, steps) / steps.length);
        }

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
    }
}
