package dev.noether.model.symmetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
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

    @Test
    void pairsAfterTheCodesAreThePairsOfAnArrayOfTheirOwn() {
        float[] codes = {1, 2, 3, 5, 8, 13};
        int samples = 4;
        float[] own = new float[2 * samples * 2];
        new LatentSampler(2, 0.5).sample(codes, 3, new SplittableRandom(7), samples, own);
        float[] shared = Arrays.copyOf(codes, codes.length + own.length + 2);
        shared[shared.length - 1] = 99;
        new LatentSampler(2, 0.5).sample(shared, 3, new SplittableRandom(7), samples, shared, 3);
        assertThat(Arrays.copyOf(shared, 6)).containsExactly(codes);
        assertThat(Arrays.copyOfRange(shared, 6, 6 + own.length)).containsExactly(own);
        assertThat(shared[shared.length - 1]).isEqualTo(99);
    }

    @Test
    void aPointMovesWithTheCodes() {
        float[] codes = {0, 1, 4, -1, 2, 6};
        float[] moved = new float[6];
        for (int index = 0; index < 6; index++) {
            moved[index] = 8 * codes[index] - 16;
        }
        float[] pairs = new float[20];
        float[] movedPairs = new float[20];
        LatentSampler sampler = new LatentSampler(2, 0.25);
        sampler.sample(codes, 3, new SplittableRandom(5), 5, pairs);
        // The same sampler again, so that no moment of the first batch remains.
        sampler.sample(moved, 3, new SplittableRandom(5), 5, movedPairs);
        for (int index = 0; index < 20; index++) {
            assertThat(movedPairs[index]).isCloseTo(8 * pairs[index] - 16, within(1e-4f));
        }
    }

    @Test
    void neighboursOfRadiusZeroAreTheirPoints() {
        float[] pairs = new float[12];
        new LatentSampler(3, 0).sample(new float[] {1, 2, 3, 4, 5, 9}, 2, new SplittableRandom(1), 2, pairs);
        assertThat(Arrays.copyOfRange(pairs, 6, 12)).containsExactly(Arrays.copyOf(pairs, 6));
    }
}
