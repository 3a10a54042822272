package dev.noether.model.symmetry.learned;

import dev.noether.model.numeric.LeadingSubspace;
import dev.noether.model.numeric.Matrices;
import dev.noether.model.series.SeriesSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Estimates one rotation, a skew-symmetric generator G in the leading directions of the rows, from pairs of near
 * neighbours. The only assumption is that the motion preserves lengths.
 *
 * <p>1. Tangents. From random starts, alternating least squares on {@code D = ε G m}, with D the difference and m the
 * midpoint of a pair: {@code ε = ⟨D, Gm⟩/‖Gm‖²}, then G by {@link SkewSymmetricRegression}. The tangents underestimate
 * steps between neighbours that are not very near.
 *
 * <p>2. Orbit. The ends of a pair are moved to their common middle, {@code a = exp(εG/2) x_i} and
 * {@code b = exp(−εG/2) x_j}. The same formulas fit what is left, with {@code D = b − a + ε G m} and
 * {@code m = (a + b)/2}. The fixed point is exact for data without noise. Cauchy weights reduce the influence of pairs
 * that do not fit, because neighbours in space need not be neighbours on the orbit.
 *
 * <p>3. Choice. The best starts are refined in more rounds. The start with the smallest mean logarithm of the misfit
 * wins.
 *
 * <p>The directions are taken about the origin, which every linear motion leaves fixed, and not about the mean of the
 * rows.
 *
 * @param rank largest number of directions, at least 2
 * @param restarts number of random starts for each number of neighbours, at least 1
 * @param seed seed of the random starts
 */
public record RotationEstimator(int rank, int restarts, long seed) {
    private static final int[] NEIGHBOURS = {2, 3};
    private static final int FIRST_ORBIT_ROUNDS = 15;
    private static final int LAST_ORBIT_ROUNDS = 60;
    private static final int FINALISTS = 4;

    /** Checks the numbers. */
    public RotationEstimator {
        if (!(rank >= 2)) {
            throw new IllegalArgumentException("`rank` must be at least 2 (got %d)".formatted(rank));
        }
        if (!(restarts >= 1)) {
            throw new IllegalArgumentException("`restarts` must be at least 1 (got %d)".formatted(restarts));
        }
    }

    /** Rank 10, 12 restarts, seed 1. */
    public static RotationEstimator defaults() {
        return new RotationEstimator(10, 12, 1);
    }

    /**
     * Estimates the rotation. It has rank 0 if the rows span fewer than two directions or are all equal.
     *
     * @param rows at least two
     */
    public EstimatedRotation estimate(SeriesSet rows) {
        double[][] directions = LeadingSubspace.aboutOrigin(rows, Math.min(rank, rows.count() - 1))
                .directions();
        PairsOnOrbit judge = PairsOnOrbit.of(NeighbourPairs.of(rows, NEIGHBOURS[NEIGHBOURS.length - 1]), directions);
        if (directions.length < 2 || !(judge.meanSquare() > 0)) {
            return new EstimatedRotation(new double[0][], new double[0][], 0, 0);
        }
        Candidate best = candidates(rows, directions, judge).stream()
                .sorted(Comparator.comparingDouble(Candidate::misfit))
                .limit(FINALISTS)
                .map(candidate -> candidate.refined(LAST_ORBIT_ROUNDS, judge))
                .min(Comparator.comparingDouble(Candidate::misfit))
                .orElseThrow();
        return new EstimatedRotation(
                directions,
                best.generator(),
                best.quality().spread(),
                best.quality().explained());
    }

    /** One candidate for each random start. */
    private List<Candidate> candidates(SeriesSet rows, double[][] directions, PairsOnOrbit judge) {
        List<Candidate> candidates = new ArrayList<>();
        RandomGenerator random = new SplittableRandom(seed);
        for (int neighbours : NEIGHBOURS) {
            RotationFit fit = new RotationFit(PairsOnOrbit.of(NeighbourPairs.of(rows, neighbours), directions));
            for (int restart = 0; restart < restarts; restart++) {
                double[][] tangent = fit.fitTangents(randomSkewSymmetric(directions.length, random));
                double[][] generator = fit.fitOrbit(tangent, FIRST_ORBIT_ROUNDS);
                candidates.add(new Candidate(fit, generator, judge.quality(generator)));
            }
        }
        return candidates;
    }

    /**
     * A generator that was fitted from one random start.
     *
     * @param fit the fit that it came from
     * @param generator G, {@code [rank][rank]}
     * @param quality how well it explains the pairs of the judge
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Candidate(RotationFit fit, double[][] generator, RotationQuality quality) {

        double misfit() {
            return quality.meanLogarithm();
        }

        Candidate refined(int rounds, PairsOnOrbit judge) {
            double[][] refined = fit.fitOrbit(generator, rounds);
            return new Candidate(fit, refined, judge.quality(refined));
        }
    }

    private static double[][] randomSkewSymmetric(int size, RandomGenerator random) {
        double[][] matrix = new double[size][size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < row; column++) {
                matrix[row][column] = random.nextGaussian();
                matrix[column][row] = -matrix[row][column];
            }
        }
        return Matrices.divide(matrix, Matrices.frobeniusNorm(matrix));
    }
}
