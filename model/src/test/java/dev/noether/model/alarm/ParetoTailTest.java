package dev.noether.model.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParetoTailTest extends RandomizedTest {
    /** Up to a share of e<sup>−12</sup>, the survival function is that of the textbook. */
    @ParameterizedTest
    @ValueSource(doubles = {-0.5, -0.2, -0.05, 0.01, 0.2, 0.5})
    void theShareOfLargerExceedancesIsThatOfTheTextbook(double shape) {
        ParetoTail tail = new ParetoTail(shape);
        for (double share = 0.9; share > 1e-5; share *= 0.7) {
            double excess = (Math.pow(share, -shape) - 1) / shape;
            assertThat(Math.exp(-tail.surprise(excess))).isCloseTo(share, within(1e-9));
            assertThat(tail.quantile(-Math.log(share))).isCloseTo(excess, within(1e-9 * (1 + excess)));
        }
    }

    @Test
    void aSmallShapeIsNearlyExponential() {
        for (double excess = 0; excess < 12; excess += 0.5) {
            assertThat(new ParetoTail(0).surprise(excess)).isEqualTo(excess);
            assertThat(new ParetoTail(1e-7).surprise(excess)).isCloseTo(excess, within(1e-4));
            assertThat(new ParetoTail(-1e-7).surprise(excess)).isCloseTo(excess, within(1e-4));
        }
    }

    @Test
    void aHeavierTailHasLargerSharesBeyondEachExcess() {
        RandomGenerator random = random();
        for (int round = 0; round < 1000; round++) {
            double light = random.nextDouble(-0.5, 0.5);
            double heavy = random.nextDouble(light, 0.5);
            double excess = random.nextDouble(0.01, 50);
            assertThat(new ParetoTail(heavy).surprise(excess))
                    .isLessThanOrEqualTo(new ParetoTail(light).surprise(excess));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.5, -0.1, 0.1, 0.5})
    void continuesStraightBeyondTheFaithfulPart(double shape) {
        ParetoTail tail = new ParetoTail(shape);
        double end = tail.quantile(12);
        double step = 1e-4 * (1 + shape * end);
        double slopeBefore = (tail.surprise(end) - tail.surprise(end - step)) / step;
        double slopeAfter = (tail.surprise(end + step) - tail.surprise(end)) / step;
        assertThat(slopeAfter / slopeBefore).as("no bend").isCloseTo(1, within(1e-3));
        double far = (tail.surprise(end + 1e6) - tail.surprise(end)) / 1e6;
        assertThat(far / slopeAfter).as("a straight line").isCloseTo(1, within(1e-3));
    }

    @Test
    void refusesShapesOutOfRange() {
        for (double shape : new double[] {-0.51, 0.51, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ParetoTail(shape))
                    .withMessage("`shape` must be in [-0.5, 0.5] (got " + shape + ")");
        }
    }
}
