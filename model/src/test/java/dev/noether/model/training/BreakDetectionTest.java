package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.LinearBase;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Rows of two equal features. A network that learned the equality detects breaks; one that copies its input does not.
 */
final class BreakDetectionTest extends RandomizedTest {
    private static final AutoencoderShape ONE = new AutoencoderShape(2, List.of(), 1, List.of());
    private static final AutoencoderShape TWO = new AutoencoderShape(2, List.of(), 2, List.of());

    @Test
    void prefersANetworkThatLearnedHowFeaturesDependOnEachOther() {
        RandomGenerator random = random();
        float half = (float) Math.sqrt(0.5);
        Autoencoder knowing = Autoencoder.residual(
                ONE, new LinearBase(new float[2], new float[] {half, half}, new float[] {1}, 1), random);
        Autoencoder copying = Autoencoder.residual(
                TWO, new LinearBase(new float[2], new float[] {1, 0, 0, 1}, new float[] {1, 1}, 1), random);
        try (Engine engine = new OpenBlasEngine()) {
            BreakDetection breaks = new BreakDetection(engine, 2, pairs(random), pairs(random), 7);
            assertThat(breaks.area(knowing)).isGreaterThan(0.9);
            assertThat(breaks.area(copying)).isBetween(0.45, 0.55);
            assertThat(new BreakDetection(engine, 2, pairs(random), pairs(random), 8).area(knowing))
                    .isGreaterThan(0.9);
        }
    }

    private static WindowSet pairs(RandomGenerator random) {
        int count = 2000;
        float[] rows = new float[2 * count];
        for (int i = 0; i < count; i++) {
            float value = (float) random.nextGaussian();
            rows[2 * i] = value + (float) random.nextGaussian(0, 0.01);
            rows[2 * i + 1] = value + (float) random.nextGaussian(0, 0.01);
        }
        return new WindowSet(rows, new int[count], count);
    }
}
