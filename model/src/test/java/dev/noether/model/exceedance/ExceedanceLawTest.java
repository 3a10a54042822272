package dev.noether.model.exceedance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

final class ExceedanceLawTest extends RandomizedTest {
    private static ExceedanceLevel level(int features, float share, float dispersion, float limit) {
        float[] limits = new float[features];
        Arrays.fill(limits, limit);
        return new ExceedanceLevel(share, dispersion, limits);
    }

    @Test
    void theSurpriseIsTheExponentOfChernoffsBound() {
        // All of 10 features beyond limits of the share .1: the chance is 1e-10, and the bound is exact.
        assertThat(ExceedanceLevel.surpriseOf(10, 10, 0.1)).isCloseTo(10 * Math.log(10), within(1e-9));
        assertThat(ExceedanceLevel.surpriseOf(1, 10, 0.1)).isZero();
        assertThat(ExceedanceLevel.surpriseOf(0, 10, 0.1)).isZero();
    }

    @RepeatedTest(20)
    void aSurpriseIsNeverLargerThanThatOfTheBinomialTail() {
        RandomGenerator random = random();
        int features = random.nextInt(2, 400);
        double share = random.nextDouble(0.001, 0.4);
        int count = random.nextInt(0, features + 1);
        double term = Math.pow(1 - share, features);
        double tail = 0;
        for (int k = 0; k <= features; k++) {
            tail += k >= count ? term : 0;
            term *= (features - k) / (k + 1.0) * share / (1 - share);
        }
        assertThat(ExceedanceLevel.surpriseOf(count, features, share)).isLessThan(-Math.log(tail) + 1e-6);
    }

    @Test
    void theMostSurprisingLevelCounts() {
        ExceedanceLaw law = new ExceedanceLaw(List.of(level(100, 0.1f, 1, 2), level(100, 0.001f, 2, 10)));
        float[] squares = new float[100];
        Arrays.fill(squares, 0, 10, 11);
        assertThat(law.surprise(squares, 1))
                .isCloseTo(ExceedanceLevel.surpriseOf(10, 100, 0.001f) / 2, within(1e-6))
                .isGreaterThan(15);
        Arrays.fill(squares, 0, 40, 3);
        assertThat(law.surprise(squares, 1)).isCloseTo(ExceedanceLevel.surpriseOf(40, 100, 0.1f), within(1e-6));
        assertThat(law.surprise(squares, 10)).as("of a new entity").isZero();
    }

    @Test
    void withoutLevelsThereIsNoSurprise() {
        assertThat(ExceedanceLaw.NONE.surprise(new float[] {1e9f}, 1)).isNaN();
    }

    @Test
    void limitsAreChecked() {
        assertThatThrownBy(() -> level(3, 0.1f, 1, 0)).hasMessageContaining("`limits` must be finite and above 0");
        assertThatThrownBy(() -> level(3, 0.1f, 0.5f, 1)).hasMessageContaining("`dispersion`");
        assertThatThrownBy(() -> new ExceedanceLaw(List.of(level(3, 0.1f, 1, 1), level(4, 0.1f, 1, 1))))
                .hasMessageContaining("got 3 and 4");
    }
}
