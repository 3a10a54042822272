package dev.noether.lab.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class WhiteningTest extends RandomizedTest {
    @Test
    void anExampleByHand() {
        // Variances 4 and 1 without correlation, mean (1, 0); the ridge adds 0.1 · (4 + 1) / 2 = 0.25 to both.
        float[] residuals = {3, 1, -1, 1, 3, -1, -1, -1};
        Whitening whitening = Whitening.fit(residuals, 0, 4, 2, 0.1);
        assertThat(whitening.norm(new float[] {1, 0}, 0)).isCloseTo(0, within(1e-9));
        assertThat(whitening.norm(new float[] {3, 0}, 0)).isCloseTo(2 / Math.sqrt(4.25), within(1e-9));
        assertThat(whitening.norm(new float[] {9, 9, 1, 5}, 2)).isCloseTo(5 / Math.sqrt(1.25), within(1e-9));
    }

    @Test
    void residualsOfTheFitHaveAboutTheirWidthAsMeanSquaredNorm() {
        RandomGenerator random = random();
        int width = 5;
        int count = 4_000;
        float[] residuals = normals(random, count * width);
        for (int row = 0; row < count; row++) {
            residuals[row * width + 1] = 3 * residuals[row * width] + residuals[row * width + 1];
        }
        Whitening whitening = Whitening.fit(residuals, 0, count, width, 1e-9);
        double squares = 0;
        for (int row = 0; row < count; row++) {
            double norm = whitening.norm(residuals, row * width);
            squares += norm * norm;
        }
        assertThat(squares / count).isCloseTo(width, within(1e-3));
    }

    @Test
    void onlyRowsFromTheFirstOnAreUsed() {
        float[] residuals = {100, 1, -1};
        assertThat(Whitening.fit(residuals, 1, 2, 1, 1e-9).norm(new float[] {0}, 0))
                .isCloseTo(0, within(1e-9));
    }

    @Test
    void residualsThatNeverMoveGiveAFiniteNorm() {
        Whitening whitening = Whitening.fit(new float[6], 0, 3, 2, 0.1);
        assertThat(whitening.norm(new float[2], 0)).isZero();
        assertThat(whitening.norm(new float[] {1, 0}, 0)).isFinite().isGreaterThan(1_000);
    }
}
