package dev.noether.model.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class IncompleteBetaTest extends RandomizedTest {
    @Test
    void knownValues() {
        assertThat(IncompleteBeta.value(0.3, 1, 1)).isCloseTo(0.3, within(1e-15));
        assertThat(IncompleteBeta.value(0.25, 0.5, 0.5)).isCloseTo(1.0 / 3, within(1e-14)); // 2/π · arcsin √x
        assertThat(IncompleteBeta.value(0.5, 7, 7)).isCloseTo(0.5, within(1e-14));
        assertThat(IncompleteBeta.value(0, 2, 3)).isZero();
        assertThat(IncompleteBeta.value(1, 2, 3)).isEqualTo(1);
    }

    @Test
    void logGammaOfWholeAndHalfNumbers() {
        double factorial = 1;
        for (int n = 1; n <= 20; n++) {
            assertThat(IncompleteBeta.logGamma(n)).isCloseTo(Math.log(factorial), within(1e-13));
            factorial *= n;
        }
        assertThat(IncompleteBeta.logGamma(0.5)).isCloseTo(Math.log(Math.PI) / 2, within(1e-14));
    }

    @Test
    void binomialTailsAreItsValues() {
        // P(at least k of n) = I(p; k, n − k + 1).
        RandomGenerator random = random();
        for (int round = 0; round < 500; round++) {
            int n = 1 + random.nextInt(60);
            int k = 1 + random.nextInt(n);
            double p = random.nextDouble(0.01, 0.99);
            double tail = 0;
            double ways = 1;
            for (int i = 0; i <= n; i++) {
                tail += i >= k ? ways * Math.pow(p, i) * Math.pow(1 - p, n - i) : 0;
                ways = ways * (n - i) / (i + 1);
            }
            assertThat(IncompleteBeta.value(p, k, n - k + 1.0))
                    .as("round %d: n %d, k %d, p %s", round, n, k, p)
                    .isCloseTo(tail, within(1e-12));
        }
    }

    @Test
    void theQuantileIsTheInverse() {
        RandomGenerator random = random();
        for (int round = 0; round < 300; round++) {
            double a = Math.exp(random.nextDouble(-1, 9));
            double b = Math.exp(random.nextDouble(-1, 14));
            double probability = random.nextDouble(0.001, 0.999);
            double x = IncompleteBeta.quantile(probability, a, b);
            assertThat(IncompleteBeta.value(x, a, b))
                    .as("round %d: a %s, b %s", round, a, b)
                    .isCloseTo(probability, within(1e-7));
        }
    }
}
