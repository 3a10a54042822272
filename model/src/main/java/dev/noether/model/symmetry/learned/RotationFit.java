package dev.noether.model.symmetry.learned;

import dev.noether.model.numeric.Matrices;
import dev.noether.model.numeric.Vectors;
import java.util.Arrays;

/**
 * Fits a skew-symmetric generator to pairs of neighbours, from an initial one; the formulas are those of
 * {@link RotationEstimator}. Generators are {@code [rank][rank]} with Frobenius norm 1. Not thread-safe.
 */
final class RotationFit {
    private static final int TANGENT_ROUNDS = 20;

    private final PairsOnOrbit pairs;
    private final double[] weights;

    /** A fit to pairs, whose steps it changes. */
    RotationFit(PairsOnOrbit pairs) {
        this.pairs = pairs;
        this.weights = new double[pairs.count()];
    }

    /** Alternating least squares on the tangents: the pairs stay where they are. */
    double[][] fitTangents(double[][] initial) {
        double[][] generator = initial;
        Arrays.fill(weights, 1);
        pairs.clearSteps();
        pairs.moveToMiddle(generator);
        for (int round = 0; round < TANGENT_ROUNDS; round++) {
            pairs.clearSteps();
            pairs.improveSteps(generator, Double.POSITIVE_INFINITY);
            generator = solve(generator, false);
        }
        return generator;
    }

    /** Weighted least squares on the orbit: the pairs are moved to their common middle after each round. */
    double[][] fitOrbit(double[][] initial, int rounds) {
        double[][] generator = initial;
        pairs.findSteps(generator);
        for (int round = 0; round < rounds; round++) {
            updateWeights();
            generator = solve(generator, true);
            pairs.moveToMiddle(generator);
            pairs.improveSteps(generator, PairsOnOrbit.halfTurn(generator));
            pairs.moveToMiddle(generator);
        }
        return generator;
    }

    /** Cauchy weights, {@code 1 / (1 + misfit / (4 · median misfit))}. */
    private void updateWeights() {
        double[] misfits = pairs.misfits();
        double[] sorted = misfits.clone();
        Arrays.sort(sorted);
        double scale = 4 * sorted[sorted.length / 2] + 1e-9 * pairs.meanSquare();
        for (int pair = 0; pair < weights.length; pair++) {
            weights[pair] = 1 / (1 + misfits[pair] / scale);
        }
    }

    /**
     * The best skew-symmetric G for the steps, divided by its norm; the steps are multiplied by that norm. Returns the
     * former generator if the best G is 0.
     *
     * @param onOrbit whether the pairs are moved by their steps, so that the target is {@code b − a + ε G m} and not
     *     {@code b − a}
     */
    private double[][] solve(double[][] generator, boolean onOrbit) {
        SkewSymmetricRegression regression = new SkewSymmetricRegression(generator.length);
        double[] steps = pairs.steps();
        for (int pair = 0; pair < steps.length; pair++) {
            double[] midpoint = pairs.midpoint(pair);
            double[] target = pairs.difference(pair).clone();
            if (onOrbit) {
                Vectors.addMultiple(target, steps[pair], Matrices.product(generator, midpoint));
            }
            regression.add(target, midpoint, steps[pair], weights[pair]);
        }
        double[][] solution = regression.solve();
        double norm = Matrices.frobeniusNorm(solution);
        if (!(norm > 0)) {
            return generator;
        }
        pairs.scaleSteps(norm);
        return Matrices.divide(solution, norm);
    }
}
