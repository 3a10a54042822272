package dev.noether.cli.stream;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimiterTest {
    @Test
    @Timeout(60)
    void anInfiniteRateNeverWaits() throws InterruptedException {
        RateLimiter limiter = new RateLimiter(Double.POSITIVE_INFINITY);
        for (int i = 0; i < 1_000_000; i++) {
            limiter.await();
        }
    }

    @Test
    @Timeout(60)
    void aRestartForgetsTheDebtOfPermits() throws InterruptedException {
        RateLimiter limiter = new RateLimiter(1e-3);
        limiter.await();
        limiter.restart();

        limiter.await();
    }

    @Test
    void aWaitCanBeInterrupted() throws InterruptedException {
        RateLimiter limiter = new RateLimiter(1e-3);
        limiter.await();
        Thread.currentThread().interrupt();

        assertThatThrownBy(limiter::await).isInstanceOf(InterruptedException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void theRateMustBePositive(double rate) {
        assertThatThrownBy(() -> new RateLimiter(rate))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`rate` must be above 0 (got " + rate + ")");
    }
}
