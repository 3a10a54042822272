package dev.noether.lab.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class TransformationUseTest extends RandomizedTest {
    @Test
    void oneGeneratorAloneAndAllAlikeAreTheExtremes() {
        TransformationUse one = use(new double[][] {{0, 3, 0, 0}});
        assertThat(one.effectiveCount()).isEqualTo(1);
        assertThat(one.sparsity()).isCloseTo(1, within(1e-12));
        TransformationUse all = use(new double[][] {{2, 2, 2, 2}});
        assertThat(all.effectiveCount()).isEqualTo(4);
        assertThat(all.sparsity()).isCloseTo(0, within(1e-12));
    }

    @Test
    void theMeanIsOverPairsThatAGeneratorMoves() {
        // (1 + 1)² / 2 = 2 and 1; the pair of zeros is left out.
        TransformationUse use = use(new double[][] {{1, 1}, {0, 5}, {0, 0}});
        assertThat(use.effectiveCount()).isEqualTo(1.5);
        assertThat(use.sparsity()).isCloseTo(0.5, within(1e-12));
        assertThat(use(new double[][] {{0, 0}}).effectiveCount()).isNaN();
        assertThat(use(new double[0][]).sparsity()).isNaN();
    }

    @Test
    void theScaleOfAPairDoesNotMatter() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 50; trial++) {
            double[] row = random.doubles(5).toArray();
            double[] scaled = new double[5];
            for (int k = 0; k < 5; k++) {
                scaled[k] = 1e3 * row[k];
            }
            assertThat(use(new double[][] {scaled}).effectiveCount())
                    .isCloseTo(use(new double[][] {row}).effectiveCount(), within(1e-9))
                    .isBetween(1.0, 5.0);
            assertThat(use(new double[][] {scaled}).sparsity())
                    .isCloseTo(use(new double[][] {row}).sparsity(), within(1e-9))
                    .isBetween(0.0, 1.0);
        }
    }

    @Test
    void aSingleGeneratorIsAsSparseAsCanBe() {
        assertThat(use(new double[][] {{7}}).sparsity()).isEqualTo(1);
    }

    @Test
    void arraysAreCopiedAndChecked() {
        double[][] contributions = {{1, 1}};
        TransformationUse use = use(contributions);
        contributions[0][0] = 9;
        use.contributions()[0][0] = 9;
        assertThat(use.contributions()[0]).containsExactly(1, 1);
        assertThatThrownBy(() -> new TransformationUse(new double[1][2], new double[2][2], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 (got 2)");
    }

    private static TransformationUse use(double[][] contributions) {
        return new TransformationUse(new double[contributions.length][0], contributions, 0);
    }
}
