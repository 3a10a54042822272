package dev.noether.model.symmetry.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.numeric.SymmetricEigendecomposition;
import dev.noether.model.numeric.TextbookMatrices;
import dev.noether.model.series.SeriesSet;
import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** {@link ExpectationStep} against the formulas of the random-effects model with inverses, pair by pair. */
final class ExpectationStepTest extends RandomizedTest {
    private static final int LENGTH = 9;
    private static final TimeWarpGenerators DICTIONARY = new TimeWarpGenerators(3);

    private final NeighbourPairs pairs = NeighbourPairs.of(SeriesSet.of(normals(random(), 20 * LENGTH), 20, LENGTH), 2);
    private final PairProducts products = PairProducts.of(pairs, DICTIONARY);

    @Test
    void theMomentsAreThoseOfThePosterior() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 20; trial++) {
            double[][] prior = TextbookMatrices.randomPositiveDefinite(random, 3, 0.1);
            double noise = random.nextDouble(0.05, 2);
            double information = random.nextDouble(0.2, 1);
            ExpectationStep step = new ExpectationStep(products, information);
            step.run(prior, noise);
            double[][] expected = new double[3][3];
            double unexplained = 0;
            for (int pair = 0; pair < pairs.count(); pair++) {
                Posterior posterior = new Posterior(pair, prior, noise, information);
                expected = TextbookMatrices.sum(expected, 1.0 / pairs.count(), posterior.secondMoment());
                unexplained += posterior.unexplained() / pairs.count();
            }
            TextbookMatrices.assertClose(step.covariance(), expected, 1e-8);
            assertThat(step.unexplained()).isCloseTo(unexplained, within(1e-7));
        }
    }

    @Test
    void aGeneratorWithoutVarianceStaysWithoutAndExplainsNothing() {
        ExpectationStep step = new ExpectationStep(products, 1);
        step.run(new double[3][3], 0.5);
        assertThat(step.covariance()).isDeepEqualTo(new double[3][3]);
        assertThat(step.unexplained()).isCloseTo(products.totalSquares() / products.count(), within(1e-9));
        double[][] onlyTheFirst = {{2, 0, 0}, {0, 0, 0}, {0, 0, 0}};
        step.run(onlyTheFirst, 0.5);
        double[][] covariance = step.covariance();
        assertThat(covariance[0][0]).isPositive();
        for (int index = 1; index < 3; index++) {
            assertThat(covariance[index]).containsExactly(new double[3], within(1e-12));
        }
    }

    @Test
    void everyRoundRaisesTheLikelihood() {
        double[][] prior = products.initialCovariance();
        double noise = products.totalSquares() / products.count() / LENGTH;
        ExpectationStep step = new ExpectationStep(products, 1);
        double before = logLikelihood(prior, noise);
        for (int round = 0; round < 25; round++) {
            step.run(prior, noise);
            prior = step.covariance();
            noise = step.unexplained() / LENGTH;
            double after = logLikelihood(prior, noise);
            assertThat(after).as("round %d", round).isGreaterThanOrEqualTo(before - 1e-7);
            before = after;
        }
    }

    @Test
    void theProductsAreThoseOfTheVelocitiesAtTheMidpoint() {
        double squares = 0;
        for (int pair = 0; pair < pairs.count(); pair++) {
            double[] difference = new double[LENGTH];
            double[][] velocities = velocities(pair, difference);
            TextbookMatrices.assertClose(
                    products.normal(pair),
                    TextbookMatrices.product(velocities, TextbookMatrices.transpose(velocities)),
                    1e-10);
            assertThat(products.moments(pair))
                    .containsExactly(TextbookMatrices.product(velocities, difference), within(1e-10));
            assertThat(products.squares(pair)).isCloseTo(Math.pow(TextbookMatrices.norm(difference), 2), within(1e-9));
            squares += products.squares(pair);
        }
        assertThat(products.totalSquares()).isCloseTo(squares, within(1e-8));
    }

    @Test
    void theInitialCovarianceExplainsAllDifferencesTogether() {
        double[][] initial = products.initialCovariance();
        double explained = 0;
        for (int pair = 0; pair < products.count(); pair++) {
            for (int index = 0; index < 3; index++) {
                explained += initial[index][index] * products.normal(pair)[index][index];
            }
        }
        assertThat(explained).isCloseTo(products.totalSquares(), within(1e-8));
    }

    @Test
    void generatorsAndStrengthsAreThePartsOfTheCovariance() {
        RandomGenerator random = random();
        double[][] sigma = TextbookMatrices.randomPositiveDefinite(random, 4, 0);
        GeneratorCovariance covariance = new GeneratorCovariance(sigma, 0.5, 0.25);
        double[][] sum = new double[4][4];
        double before = Double.POSITIVE_INFINITY;
        for (int index = 0; index < 4; index++) {
            double[][] column = TextbookMatrices.transpose(new double[][] {covariance.generator(index)});
            assertThat(TextbookMatrices.norm(covariance.generator(index))).isCloseTo(1, within(1e-12));
            assertThat(covariance.strength(index)).isBetween(0.0, before);
            before = covariance.strength(index);
            sum = TextbookMatrices.sum(
                    sum, before, TextbookMatrices.product(column, TextbookMatrices.transpose(column)));
        }
        TextbookMatrices.assertClose(sum, sigma, 1e-10);
        TextbookMatrices.assertClose(TextbookMatrices.product(covariance.root(), covariance.root()), sigma, 1e-10);
        covariance.generator(0)[0] = 99;
        covariance.covariance()[0][0] = 99;
        TextbookMatrices.assertClose(covariance.covariance(), sigma, 0);
    }

    /** The logarithm of the density of all differences under {@code N(0, AᵀΣA + σ²I)}, without the constant. */
    private double logLikelihood(double[][] prior, double noise) {
        double sum = 0;
        for (int pair = 0; pair < pairs.count(); pair++) {
            double[] difference = new double[LENGTH];
            double[][] velocities = velocities(pair, difference);
            double[][] moved = TextbookMatrices.product(
                    TextbookMatrices.transpose(velocities), TextbookMatrices.product(prior, velocities));
            double[][] covariance = TextbookMatrices.sum(moved, noise, TextbookMatrices.identity(LENGTH));
            double[] solution = TextbookMatrices.solve(covariance, difference);
            for (int index = 0; index < LENGTH; index++) {
                sum -= difference[index] * solution[index] / 2;
            }
            for (double value : SymmetricEigendecomposition.of(covariance).values()) {
                sum -= Math.log(value) / 2;
            }
        }
        return sum;
    }

    private double[][] velocities(int pair, double[] difference) {
        double[] midpoint = new double[LENGTH];
        pairs.copyPair(pair, difference, midpoint);
        double[][] velocities = new double[3][LENGTH];
        DICTIONARY.velocities(midpoint, velocities);
        return velocities;
    }

    /** {@code C = (f AᵀA/σ² + Σ⁻¹)⁻¹} and {@code μ = C f AᵀD/σ²}, with explicit inverses. */
    private final class Posterior {
        private final double[][] velocities;
        private final double[] difference = new double[LENGTH];
        private final double[][] covariance;
        private final double[] mean;

        Posterior(int pair, double[][] prior, double noise, double information) {
            velocities = velocities(pair, difference);
            double[][] normal = TextbookMatrices.product(velocities, TextbookMatrices.transpose(velocities));
            covariance = inverse(TextbookMatrices.sum(inverse(prior), information / noise, normal));
            mean = TextbookMatrices.product(covariance, TextbookMatrices.product(velocities, difference));
            for (int index = 0; index < mean.length; index++) {
                mean[index] *= information / noise;
            }
        }

        double[][] secondMoment() {
            double[][] row = {mean};
            return TextbookMatrices.sum(covariance, 1, TextbookMatrices.product(TextbookMatrices.transpose(row), row));
        }

        /** {@code ‖D − Aμ‖² + tr(AᵀA C)}. */
        double unexplained() {
            double[] fitted = TextbookMatrices.product(TextbookMatrices.transpose(velocities), mean);
            double sum = 0;
            for (int time = 0; time < LENGTH; time++) {
                sum += Math.pow(difference[time] - fitted[time], 2);
            }
            double[][] spread = TextbookMatrices.product(
                    TextbookMatrices.product(velocities, TextbookMatrices.transpose(velocities)), covariance);
            return sum + spread[0][0] + spread[1][1] + spread[2][2];
        }
    }

    private static double[][] inverse(double[][] matrix) {
        double[][] columns = new double[matrix.length][];
        for (int column = 0; column < matrix.length; column++) {
            columns[column] = TextbookMatrices.solve(matrix, TextbookMatrices.identity(matrix.length)[column]);
        }
        return TextbookMatrices.transpose(columns);
    }
}
