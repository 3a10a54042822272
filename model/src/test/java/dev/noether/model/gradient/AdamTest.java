package dev.noether.model.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class AdamTest extends RandomizedTest {

    @Test
    void followsThePublishedAlgorithm() {
        RandomGenerator random = random();
        int length = 37;
        float[] weights = normals(random, length);
        double[] expected = new double[length];
        for (int index = 0; index < length; index++) {
            expected[index] = weights[index];
        }
        double[] first = new double[length];
        double[] second = new double[length];
        Adam adam = new Adam(0.01, 4, 0.1);
        Adam.Moments moments = new Adam.Moments(length);
        for (int step = 1; step <= 50; step++) {
            float[] gradient = normals(random, length);
            adam.beginStep();
            adam.updateWeights(weights, gradient, moments);
            double rate = 0.01 * Math.min(1, step / 5.0);
            for (int index = 0; index < length; index++) {
                first[index] = 0.9 * first[index] + 0.1 * gradient[index];
                second[index] = 0.999 * second[index] + 0.001 * gradient[index] * gradient[index];
                double mean = first[index] / (1 - Math.pow(0.9, step));
                double square = second[index] / (1 - Math.pow(0.999, step));
                expected[index] -= rate * (mean / (Math.sqrt(square) + 1e-8) + 0.1 * expected[index]);
            }
        }
        for (int index = 0; index < length; index++) {
            assertThat((double) weights[index]).isCloseTo(expected[index], within(1e-5));
        }
    }

    @Test
    void decaysWeightsOnly() {
        float[] weights = {2};
        float[] biases = {2};
        Adam adam = new Adam(0.5, 0, 0.1);
        adam.beginStep();
        adam.updateWeights(weights, new float[1], new Adam.Moments(1));
        adam.update(biases, new float[1], new Adam.Moments(1));
        assertThat(weights).containsExactly(1.9f);
        assertThat(biases).containsExactly(2);
    }

    @Test
    void detectsAGradientWhoseSquareOverflows() {
        Adam adam = new Adam(0.5, 0, 0);
        Adam.Moments moments = new Adam.Moments(2);
        adam.beginStep();
        adam.update(new float[2], new float[] {1, 1e10f}, moments);
        assertThat(moments.allFinite()).isTrue();
        adam.update(new float[2], new float[] {1, 1e30f}, moments);
        assertThat(moments.allFinite()).isFalse();
    }
}
