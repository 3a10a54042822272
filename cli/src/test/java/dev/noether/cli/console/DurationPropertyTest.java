package dev.noether.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.RandomizedTest;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Random durations are read back from both notations. */
class DurationPropertyTest extends RandomizedTest {
    private static final int CASES = 1_000;

    private final DurationConverter converter = new DurationConverter();

    @Test
    void readsTheIsoNotationOfEveryPositiveDuration() {
        RandomGenerator random = random();
        for (int i = 0; i < CASES; i++) {
            Duration duration = Duration.ofMillis(random.nextLong(1, 1_000_000_000_000L));

            assertThat(converter.convert(duration.toString())).isEqualTo(duration);
        }
    }

    @Test
    void readsEveryCombinationOfUnitsInDescendingOrder() {
        RandomGenerator random = random();
        for (int i = 0; i < CASES; i++) {
            Duration duration = Duration.ZERO;
            StringBuilder text = new StringBuilder();
            String[] units = {"d", "h", "m", "s", "ms"};
            long[] millis = {86_400_000, 3_600_000, 60_000, 1_000, 1};
            for (int unit = 0; unit < units.length; unit++) {
                if (random.nextBoolean() || unit == units.length - 1) {
                    int count = random.nextInt(1, 100);
                    duration = duration.plusMillis(count * millis[unit]);
                    text.append(random.nextBoolean() ? " " : "").append(count).append(units[unit]);
                }
            }

            assertThat(converter.convert(text.toString())).as(text.toString()).isEqualTo(duration);
        }
    }
}
