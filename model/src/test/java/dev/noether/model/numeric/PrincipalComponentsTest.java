package dev.noether.model.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class PrincipalComponentsTest {
    private static final long SEED = 20_260_103L;

    @Test
    void componentsAreOrthonormal() {
        PrincipalComponents fitted = PrincipalComponents.fit(gaussian(203, 17), 203, 17, 6);
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                double product = 0;
                for (int k = 0; k < 17; k++) {
                    product += fitted.component(i)[k] * fitted.component(j)[k];
                }
                assertThat(product).as("seed %d", SEED).isCloseTo(i == j ? 1 : 0, within(1e-12));
            }
        }
    }

    @Test
    void dataOfTheRankOfTheComponentsIsReconstructedExactly() {
        int n = 300;
        int width = 20;
        int rank = 3;
        float[] rows = ofRank(rank, n, width);
        PrincipalComponents fitted = PrincipalComponents.fit(rows, n, width, rank);
        PrincipalComponents oneShort = PrincipalComponents.fit(rows, n, width, rank - 1);
        for (int i = 0; i < n; i++) {
            assertThat(fitted.reconstructionError(rows, i * width))
                    .as("row %d of seed %d", i, SEED)
                    .isLessThan(1e-10);
        }
        assertThat(meanError(oneShort, rows, n)).isGreaterThan(1e-3);
    }

    @Test
    void theMeanErrorIsTheVarianceOfTheOtherDirections() {
        int n = 401;
        int width = 12;
        float[] rows = gaussian(n, width);
        for (int components = 1; components <= width; components++) {
            PrincipalComponents fitted = PrincipalComponents.fit(rows, n, width, components);
            double notKept = Arrays.stream(fitted.variances()).skip(components).sum();
            assertThat(meanError(fitted, rows, n)).as("seed %d", SEED).isCloseTo(notKept / width, within(1e-12));
        }
    }

    @Test
    void theErrorIsThatOfTheProjection() {
        int width = 9;
        float[] rows = gaussian(50, width);
        PrincipalComponents fitted = PrincipalComponents.fit(rows, 50, width, 4);
        float[] row = Arrays.copyOf(rows, width);
        double[] residual = new double[width];
        for (int j = 0; j < width; j++) {
            residual[j] = row[j] - fitted.mean()[j];
        }
        double[] centred = residual.clone();
        for (int i = 0; i < 4; i++) {
            double[] component = fitted.component(i);
            double coordinate = 0;
            for (int j = 0; j < width; j++) {
                coordinate += component[j] * centred[j];
            }
            for (int j = 0; j < width; j++) {
                residual[j] -= coordinate * component[j];
            }
        }
        double expected =
                Arrays.stream(residual).map(value -> value * value).average().orElseThrow();
        assertThat(fitted.reconstructionError(row)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void twoFitsAreEqualBitForBit() {
        float[] rows = gaussian(100, 15);
        PrincipalComponents first = PrincipalComponents.fit(rows, 100, 15, 5);
        PrincipalComponents second = PrincipalComponents.fit(rows, 100, 15, 5);
        assertThat(second.variances()).isEqualTo(first.variances());
        for (int i = 0; i < 5; i++) {
            assertThat(second.component(i)).isEqualTo(first.component(i));
        }
    }

    @Test
    void constantColumnsAndASingleRowAreAllowed() {
        PrincipalComponents fitted = PrincipalComponents.fit(new float[] {1, 2, 3}, 1, 3, 2);
        assertThat(fitted.variances()).containsExactly(0, 0, 0);
        assertThat(fitted.reconstructionError(new float[] {1, 2, 3})).isZero();
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aWidthOfSixHundredIsFeasible() {
        int n = 2_000;
        int width = 600;
        float[] rows = gaussian(n, width);
        PrincipalComponents fitted = PrincipalComponents.fit(rows, n, width, 30);
        double notKept = Arrays.stream(fitted.variances()).skip(30).sum();
        assertThat(meanError(fitted, rows, n)).isCloseTo(notKept / width, within(1e-9));
    }

    @Test
    void argumentsAreChecked() {
        assertThatThrownBy(() -> PrincipalComponents.fit(new float[6], 0, 3, 1))
                .hasMessage("`n` must be at least 1 (got 0)");
        assertThatThrownBy(() -> PrincipalComponents.fit(new float[6], 2, 0, 1))
                .hasMessage("`width` must be at least 1 (got 0)");
        assertThatThrownBy(() -> PrincipalComponents.fit(new float[6], 2, 3, 4))
                .hasMessage("`components` must be in [1, 3] (got 4)");
        assertThatThrownBy(() -> PrincipalComponents.fit(new float[5], 2, 3, 1))
                .hasMessage("`rows` must hold 2 × 3 values (got 5)");
        assertThatThrownBy(() -> PrincipalComponents.fit(new float[] {0, 0, Float.NaN, 0}, 2, 2, 1))
                .hasMessage("`rows` must be finite (got NaN in row 1, column 0)");
        assertThatThrownBy(() -> PrincipalComponents.fit(new float[6], 2, 3, 1).reconstructionError(new float[2]))
                .hasMessage("`row` must be of length 3 (got 2)");
    }

    private static double meanError(PrincipalComponents fitted, float[] rows, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += fitted.reconstructionError(rows, i * fitted.width());
        }
        return sum / n;
    }

    /** Columns of different variance with means that are not 0. */
    private static float[] gaussian(int n, int width) {
        Random random = new Random(SEED);
        float[] rows = new float[n * width];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) (random.nextGaussian() * (1 + i % width) / width + 3);
        }
        return rows;
    }

    private static float[] ofRank(int rank, int n, int width) {
        float[] factors = gaussian(n, rank);
        float[] loadings = gaussian(rank, width);
        float[] rows = new float[n * width];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < width; j++) {
                for (int k = 0; k < rank; k++) {
                    rows[i * width + j] += factors[i * rank + k] * (loadings[k * width + j] - 3);
                }
            }
        }
        return rows;
    }
}
