package dev.noether.model.symmetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LatentSamplerTest {

    @Test
    void drawsInTheRegionOfTheCodes() {
        // Two units: mean 1 and deviation 2, mean -5 and no deviation; the third row is not part of the batch.
        float[] codes = {-1, -5, 3, -5, 1000, 1000};
        int samples = 20_000;
        float[] pairs = new float[4 * samples];
        new LatentSampler(2, 0.25).sample(codes, 2, new SplittableRandom(3), samples, pairs);
        double sum = 0;
        double squares = 0;
        double steps = 0;
        for (int sample = 0; sample < samples; sample++) {
            float point = pairs[2 * sample];
            float neighbour = pairs[2 * samples + 2 * sample];
            sum += point;
            squares += Math.pow(point - 1, 2);
            steps += Math.pow(neighbour - point, 2);
            assertThat(pairs[2 * sample + 1]).isEqualTo(-5);
            assertThat(pairs[2 * samples + 2 * sample + 1]).isEqualTo(-5);
        }
        assertThat(sum / samples).isCloseTo(1, within(0.06));
        assertThat(Math.sqrt(squares / samples)).isCloseTo(2, within(0.05));
        assertThat(Math.sqrt(steps / samples)).isCloseTo(0.5, within(0.0125));
    }
}
