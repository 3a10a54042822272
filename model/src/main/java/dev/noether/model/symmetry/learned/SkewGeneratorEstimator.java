package dev.noether.model.symmetry.learned;

import dev.noether.model.series.SeriesSet;
import java.util.ArrayList;
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
    private static final int FIRST_ORBIT_ROUNDS = 15;
    private static final int LAST_ORBIT_ROUNDS = 60;
    private static final int FINALISTS = 4;
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
        OrbitFit judge = OrbitFit.of(NeighbourPairs.of(rows, NEIGHBOURS[NEIGHBOURS.length - 1]), directions);
        if (directions.length < 2 || !(judge.meanSquare() > 0)) {
            return new SkewGenerator(new double[0][], new double[0][], 0, 0);
        }
        List<Start> starts = new ArrayList<>();
        RandomGenerator random = new SplittableRandom(seed);
        for (int neighbours : NEIGHBOURS) {
            OrbitFit fit = OrbitFit.of(NeighbourPairs.of(rows, neighbours), directions);
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
    private record Start(OrbitFit fit, double[][] generator, double misfit) {
        static Start of(OrbitFit fit, double[][] generator, OrbitFit judge) {
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
        return OrbitFit.normalised(matrix, OrbitFit.norm(matrix));
    }
}
