package dev.noether.model.symmetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LowRankGeneratorsTest {

    @Test
    void movesAPointAlongAGenerator() {
        // Two generators of rank 1 on two values: e1·e2ᵀ and (1, 1)·e1ᵀ.
        LowRankGenerators generators =
                new LowRankGenerators(2, 2, 1, new float[] {1, 1, 0, 1}, new float[] {0, 1, 1, 0});
        assertThat(generators.direction(0, new float[] {3, 5})).containsExactly(5, 0);
        assertThat(generators.direction(1, new float[] {3, 5})).containsExactly(3, 3);
    }

    @Test
    void startsWithEntriesOfVarianceOneOverWidth() {
        LowRankGenerators generators = LowRankGenerators.initialised(50, 20, 4, new SplittableRandom(1));
        double squares = 0;
        for (int generator = 0; generator < 20; generator++) {
            for (int column = 0; column < 50; column++) {
                float[] unit = new float[50];
                unit[column] = 1;
                for (float entry : generators.direction(generator, unit)) {
                    squares += (double) entry * entry;
                }
            }
        }
        assertThat(squares / (20 * 50 * 50)).isCloseTo(1 / 50.0, within(0.1 / 50));
        assertThat(LowRankGenerators.initialised(50, 20, 4, new SplittableRandom(1)))
                .isEqualTo(generators)
                .hasSameHashCodeAs(generators);
    }

    @Test
    void copiesItsFactors() {
        LowRankGenerators generators = new LowRankGenerators(1, 1, 1, new float[] {2}, new float[] {3});
        generators.left()[0] = 0;
        generators.right()[0] = 0;
        assertThat(generators.direction(0, new float[] {1})).containsExactly(6);
    }

    @Test
    void refusesInvalidArguments() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LowRankGenerators(2, 3, 1, new float[6], new float[5]))
                .withMessage("`right` must hold 6 values (got 5)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LowRankGenerators.initialised(2, 0, 1, new SplittableRandom(1)))
                .withMessage("`count` must be at least 1 (got 0)");
        LowRankGenerators generators = LowRankGenerators.initialised(2, 1, 1, new SplittableRandom(1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> generators.direction(1, new float[2]))
                .withMessage("no generator 1; there are generators 0 to 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generators.direction(0, new float[3]))
                .withMessage("`point` must hold 2 values (got 3)");
    }
}
