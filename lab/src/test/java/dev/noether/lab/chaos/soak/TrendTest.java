package dev.noether.lab.chaos.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TrendTest extends RandomizedTest {
    @Test
    void aStartThatLevelsOffIsFlatThoughItsNoiseIsLarge(RandomGenerator random) {
        Trend trend = Trend.of(samples(seconds -> 120 - 60 * Math.exp(-seconds / 200) + 5 * random.nextGaussian()));
        assertThat(trend.isFlat()).isTrue();
        assertThat(trend.last()).isCloseTo(120, within(5.0));
    }

    @Test
    void aLeakGrowsThoughSomeSamplesAreFarAway(RandomGenerator random) {
        Trend trend = Trend.of(
                samples(seconds -> 100 + 60 * seconds / 3600 + (random.nextInt(8) == 0 ? -80 : random.nextGaussian())));
        assertThat(trend.perHour()).isCloseTo(60, within(10.0));
        assertThat(trend.isFlat()).isFalse();
    }

    @Test
    void whatShrinksIsFlat() {
        assertThat(Trend.of(samples(seconds -> 500 - seconds / 10)).isFlat()).isTrue();
    }

    @Test
    void samplesThatCouldNotBeTakenDoNotCount() {
        Trend trend = Trend.of(samples(seconds -> seconds % 60 == 0 ? Double.NaN : 7));
        assertThat(trend.perHour()).isZero();
        assertThat(trend.last()).isEqualTo(7);
    }

    private static List<ResourceSample> samples(DoubleUnaryOperator value) {
        List<ResourceSample> samples = new ArrayList<>();
        for (int seconds = 0; seconds <= 1_800; seconds += 30) {
            samples.add(new ResourceSample(seconds, "task manager", ResourceKind.HEAP, value.applyAsDouble(seconds)));
        }
        return samples;
    }
}
