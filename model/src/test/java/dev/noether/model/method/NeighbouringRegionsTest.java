package dev.noether.model.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.gradient.LayerArrays;
import dev.noether.model.testing.RandomNetworks;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The search on random networks, against activation patterns that are computed point by point. */
final class NeighbouringRegionsTest extends RandomizedTest {
    private static final int SAMPLES = 6;
    private static final int PIECES = 1 << 10;

    @Test
    void findsThePairsInDifferentRegionsAndTheFirstPieceBehindABorder() {
        RandomGenerator random = random();
        int all = 0;
        for (int trial = 0; trial < 60; trial++) {
            Autoencoder network = RandomNetworks.small(random);
            int codeSize = network.shape().codeSize();
            float[] pairs = normals(random, 2 * SAMPLES * codeSize);
            float[] neighbours = new float[pairs.length];
            NeighbouringRegions search = new NeighbouringRegions(new ReferenceEngine(), network, SAMPLES);
            int count = search.find(new LayerArrays(network), pairs, SAMPLES, neighbours);
            int target = 0;
            for (int sample = 0; sample < SAMPLES; sample++) {
                float[] start = point(pairs, sample, codeSize);
                float[] end = point(pairs, SAMPLES + sample, codeSize);
                if (pattern(network, start).equals(pattern(network, end))) {
                    continue;
                }
                assertThat(point(neighbours, target, codeSize)).containsExactly(start);
                float[] neighbour = point(neighbours, count + target, codeSize);
                long piece = Math.round((double) PIECES * (neighbour[0] - start[0]) / (end[0] - start[0]));
                assertThat(neighbour).containsExactly(between(start, end, piece));
                assertThat(pattern(network, neighbour))
                        .as("behind the border, %s", network)
                        .isNotEqualTo(pattern(network, start));
                assertThat(pattern(network, between(start, end, piece - 1)))
                        .as("before the border, %s", network)
                        .isEqualTo(pattern(network, start));
                target++;
            }
            assertThat(count).as("%s", network).isEqualTo(target);
            all += count;
        }
        assertThat(all).isGreaterThan(60);
    }

    private static float[] point(float[] points, int index, int codeSize) {
        return Arrays.copyOfRange(points, index * codeSize, (index + 1) * codeSize);
    }

    private static float[] between(float[] start, float[] end, long piece) {
        float[] point = new float[start.length];
        for (int unit = 0; unit < point.length; unit++) {
            point[unit] = (float) (start[unit] + (double) piece / PIECES * (end[unit] - start[unit]));
        }
        return point;
    }

    /** For each unit of the hidden layers of the decoder, whether it is active. */
    private static List<Boolean> pattern(Autoencoder network, float[] code) {
        AutoencoderShape shape = network.shape();
        List<Boolean> pattern = new ArrayList<>();
        double[] values = doubles(code);
        for (int layer = shape.codeLayer() + 1; layer < shape.layerCount() - 1; layer++) {
            double[] output = doubles(network.biases(layer));
            float[] weights = network.weights(layer);
            for (int unit = 0; unit < output.length; unit++) {
                for (int index = 0; index < values.length; index++) {
                    output[unit] += values[index] * weights[index * output.length + unit];
                }
                pattern.add(output[unit] > 0);
                output[unit] = Math.max(0, output[unit]);
            }
            values = output;
        }
        return pattern;
    }
}
