package dev.noether.model.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParetoFitTest extends RandomizedTest {
    @ParameterizedTest
    @ValueSource(doubles = {-0.25, -0.1, 0, 0.08})
    void findsTheParametersOfALargeSample(double shape) {
        ParetoFit fit = ParetoFit.of(sample(random(), 20_000, shape, 2.5), 0, 0);
        // The standard deviation of the likelihood's shape is (1 + shape) / sqrt(2000) = 0.02.
        assertThat(fit.shape()).isCloseTo(shape, within(0.06));
        assertThat(fit.scale()).isCloseTo(2.5, within(0.2));
    }

    @Test
    void noOtherParametersAreMoreLikely() {
        RandomGenerator random = random();
        for (int round = 0; round < 10; round++) {
            double[] points = sample(random, random.nextInt(20, 400), random.nextDouble(-0.2, 0.1), 1);
            double weight = random.nextDouble(0, 500);
            ParetoFit fit = ParetoFit.of(points, -0.05, weight);
            double best = logPosterior(points, fit.shape(), fit.scale(), weight);
            for (int i = 0; i < 200; i++) {
                double shape = random.nextDouble(ParetoFit.LEAST_SHAPE, ParetoFit.MOST_SHAPE);
                double scale = fit.scale() * Math.exp(random.nextDouble(-0.7, 0.7));
                assertThat(logPosterior(points, shape, scale, weight)).isLessThan(best + 1e-3);
            }
        }
    }

    @Test
    void aStrongPriorDeterminesTheShape() {
        assertThat(ParetoFit.of(sample(random(), 500, 0.1, 1), -0.05, 1e9).shape())
                .isCloseTo(-0.05, within(1e-3));
    }

    @Test
    void withoutExceedancesTheShapeIsTheUsualOne() {
        assertThat(ParetoFit.of(new double[0], -0.05, 10)).isEqualTo(new ParetoFit(-0.05, Double.MIN_NORMAL));
        assertThat(ParetoFit.of(new double[5], -0.05, 10)).isEqualTo(new ParetoFit(-0.05, Double.MIN_NORMAL));
    }

    @Test
    void theTailIsItsOwnInverseAndNeverSaturates() {
        for (double shape : new double[] {-0.5, -0.3, -0.05, 0, 1e-12, 0.1, 0.5}) {
            ParetoTail tail = new ParetoTail(shape);
            double former = -1;
            for (double excess = 0; excess < 200; excess += 0.37) {
                double surprise = tail.surprise(excess);
                assertThat(surprise).as("shape %s at %s", shape, excess).isGreaterThan(former);
                assertThat(tail.quantile(surprise)).isCloseTo(excess, within(1e-9 * (1 + excess)));
                former = surprise;
            }
        }
        assertThat(new ParetoTail(-0.25).surprise(1)).isCloseTo(-Math.log(0.75) / 0.25, within(1e-12));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ParetoTail(Double.NaN))
                .withMessage("`shape` must be in [-0.5, 0.5] (got NaN)");
    }

    /** Draws by the inverse of the distribution function. */
    private static double[] sample(RandomGenerator random, int count, double shape, double scale) {
        double[] points = new double[count];
        for (int i = 0; i < count; i++) {
            double share = 1 - random.nextDouble();
            points[i] = scale * (shape == 0 ? -Math.log(share) : (Math.pow(share, -shape) - 1) / shape);
        }
        Arrays.sort(points);
        return points;
    }

    private static double logPosterior(double[] points, double shape, double scale, double weight) {
        double sum = -weight * (shape + 0.05) * (shape + 0.05) / 2;
        for (double point : points) {
            double base = 1 + shape * point / scale;
            if (base <= 0) {
                return Double.NEGATIVE_INFINITY;
            }
            sum += -Math.log(scale) - (1 + 1 / shape) * Math.log(base);
        }
        return sum;
    }
}
