package dev.noether.model.symmetry.learned;

/**
 * Estimates how much each generator contributes to the differences of neighbours, by expectation maximisation of a
 * random-effects model (Laird and Ware, 1982).
 *
 * <p>The difference of a pair is {@code D = A w + e}. The columns of A, {@code [length, size]}, are the velocities of
 * the generators at the pair's point, such as its midpoint. The weights {@code w ~ N(0, Σ)} belong to the pair. The noise is
 * {@code e ~ N(0, σ²I)}. One round, with f = 1 without smoothing, is
 * <pre>
 *   E:  C = (f AᵀA/σ² + Σ⁻¹)⁻¹,  μ = C f AᵀD/σ²
 *   M:  Σ = mean(μμᵀ + C),  σ² = mean(‖D − Aμ‖² + tr(AᵀA C)) / length
 * </pre>
 * The weights of single pairs are never fitted, because that would explain noise as motion. Without a symmetry Σ
 * shrinks towards 0. Smoothing leaves fewer independent values than the series has;
 * {@code f = min(1, 1/(3.54 · deviation))} is their share. The cost of a round does not depend on the length of the
 * series.
 *
 * @param rounds number of rounds, at least 1
 */
public record GeneratorCovarianceEstimator(int rounds) {
    /** 2√π: number of independent samples that a Gaussian of deviation 1 averages. */
    private static final double SAMPLES_PER_DEVIATION = 3.54;

    /** Least noise, as a share of the mean squared difference: the likelihood of data without noise is unbounded. */
    private static final double LEAST_NOISE = 1e-9;

    /** Checks the number of rounds. */
    public GeneratorCovarianceEstimator {
        if (!(rounds >= 1)) {
            throw new IllegalArgumentException("`rounds` must be at least 1 (got %d)".formatted(rounds));
        }
    }

    /** Forty rounds. */
    public static GeneratorCovarianceEstimator defaults() {
        return new GeneratorCovarianceEstimator(40);
    }

    /** Estimates Σ and σ². Both are 0 if the series of every pair are equal. */
    public GeneratorCovariance estimate(SeriesPairs pairs, GeneratorDictionary dictionary) {
        PairProducts products = PairProducts.of(pairs, dictionary);
        double meanSquare = products.totalSquares() / pairs.count() / pairs.length();
        double information = Math.min(1, 1 / (SAMPLES_PER_DEVIATION * pairs.smoothing()));
        double[][] covariance = products.initialCovariance();
        double noise = meanSquare;
        ExpectationStep expectation = new ExpectationStep(products, information);
        for (int round = 0; round < rounds && meanSquare > 0; round++) {
            expectation.run(covariance, noise);
            covariance = expectation.covariance();
            noise = Math.max(expectation.unexplained() / pairs.length(), LEAST_NOISE * meanSquare);
        }
        double explained = meanSquare > 0 ? Math.max(0, 1 - noise / meanSquare) : 0;
        return new GeneratorCovariance(covariance, meanSquare > 0 ? noise : 0, explained);
    }
}
