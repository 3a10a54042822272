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

    @Test
    void theFirstStepMovesByTheLearningRateAgainstTheSign() {
        float[] parameters = new float[4];
        Adam adam = new Adam(0.25, 0, 0);
        adam.beginStep();
        adam.update(parameters, new float[] {1e-3f, -7, 0, 100}, new Adam.Moments(4));
        assertThat(parameters).containsExactly(new float[] {-0.25f, 0.25f, 0, -0.25f}, within(1e-5f));
    }

    @Test
    void theSizeOfTheGradientDoesNotMatter() {
        RandomGenerator random = random();
        float[] small = new float[9];
        float[] large = new float[9];
        Adam adam = new Adam(0.01, 3, 0);
        Adam.Moments smallMoments = new Adam.Moments(9);
        Adam.Moments largeMoments = new Adam.Moments(9);
        for (int step = 0; step < 30; step++) {
            float[] gradient = normals(random, 9);
            float[] multiple = new float[9];
            for (int index = 0; index < 9; index++) {
                multiple[index] = 1024 * gradient[index];
            }
            adam.beginStep();
            adam.update(small, gradient, smallMoments);
            adam.update(large, multiple, largeMoments);
        }
        assertThat(large).containsExactly(small, within(1e-5f));
        assertThat(small).doesNotContain(0);
    }

    @Test
    void theFactorOfAStepMultipliesRateAndDecay() {
        float[] halved = {3};
        float[] slow = {3};
        Adam withFactor = new Adam(0.5, 0, 0.1);
        Adam withSmallRate = new Adam(0.25, 0, 0.1);
        Adam.Moments first = new Adam.Moments(1);
        Adam.Moments second = new Adam.Moments(1);
        for (int step = 1; step <= 10; step++) {
            float[] gradient = {(float) Math.sin(step)};
            withFactor.beginStep(0.5);
            withFactor.updateWeights(halved, gradient, first);
            withSmallRate.beginStep();
            withSmallRate.updateWeights(slow, gradient, second);
        }
        assertThat(halved).containsExactly(slow);
        withFactor.beginStep(0);
        withFactor.updateWeights(halved, new float[] {1}, first);
        assertThat(halved).containsExactly(slow);
    }

    @Test
    void findsTheMinimumOfABowl() {
        float[] point = {5, -3};
        Adam adam = new Adam(0.05, 10, 0);
        Adam.Moments moments = new Adam.Moments(2);
        for (int step = 0; step < 2000; step++) {
            adam.beginStep(1 - step / 2000.0);
            adam.update(point, new float[] {2 * (point[0] - 1), 20 * (point[1] - 2)}, moments);
        }
        assertThat(point).containsExactly(new float[] {1, 2}, within(0.01f));
    }
}
