package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.autoencoder.Forecast;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.engine.Reconstruction;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ForecastFitTest extends RandomizedTest {
    private static final int ROWS = 3;
    private static final int FEATURES = 4;
    private static final int WIDTH = (ROWS + 1) * FEATURES;
    private static final int INPUTS = ROWS * FEATURES;

    private final Engine engine = new OpenBlasEngine();

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    /** At the minimum, the gradient of half the squared error plus half the penalty is zero. */
    @Test
    void isTheMinimumOfTheSquaredErrorAndThePenalty() {
        RandomGenerator random = random();
        for (int count : new int[] {1, 5, 300, 1000}) {
            float[] windows = normals(random, count * WIDTH);
            for (int i = 0; i < windows.length; i++) {
                windows[i] = 3 * windows[i] + i % FEATURES;
            }
            Forecast forecast = ForecastFit.fit(engine, ROWS, FEATURES, new WindowSet(windows, new int[count], count));
            float[] weights = forecast.weights();
            double[] mean = new double[WIDTH];
            for (int i = 0; i < windows.length; i++) {
                mean[i % WIDTH] += windows[i] / (double) count;
            }
            double[] slope = new double[weights.length];
            for (int j = 0; j < weights.length; j++) {
                slope[j] = 0.1 * weights[j];
            }
            double[] error = new double[FEATURES];
            for (int n = 0; n < count; n++) {
                for (int j = 0; j < FEATURES; j++) {
                    double missed = predicted(forecast, windows, n, j) - windows[n * WIDTH + INPUTS + j];
                    error[j] += missed / count;
                    for (int i = 0; i < INPUTS; i++) {
                        slope[i * FEATURES + j] += missed * (windows[n * WIDTH + i] - mean[i]) / count;
                    }
                }
            }
            assertThat(Arrays.stream(slope).map(Math::abs).max().orElseThrow())
                    .as(count + " windows")
                    .isLessThan(1e-4);
            for (double left : error) {
                assertThat(left).isCloseTo(0, within(1e-4));
            }
        }
    }

    @Test
    void itsLayersComputeIt() {
        RandomGenerator random = random();
        float[] windows = normals(random, 20 * WIDTH);
        Forecast forecast = ForecastFit.fit(engine, ROWS, FEATURES, new WindowSet(windows, new int[20], 20));
        float[] input = Arrays.copyOf(windows, INPUTS);
        float[] output = new float[FEATURES];
        try (Reconstruction chain = engine.chain(forecast.layers(), 1)) {
            chain.run(input, 1, output);
        }
        for (int j = 0; j < FEATURES; j++) {
            assertThat((double) output[j]).isCloseTo(predicted(forecast, windows, 0, j), within(1e-4));
        }
    }

    @Test
    void constantFeaturesAreForecastExactly() {
        float[] windows = new float[50 * WIDTH];
        Arrays.fill(windows, 2.5f);
        Forecast forecast = ForecastFit.fit(engine, ROWS, FEATURES, new WindowSet(windows, new int[50], 50));
        assertThat(forecast.biases()).containsOnly(2.5f);
        assertThat(forecast.weights()).containsOnly(0);
    }

    private static double predicted(Forecast forecast, float[] windows, int window, int feature) {
        double predicted = forecast.biases()[feature];
        float[] weights = forecast.weights();
        for (int i = 0; i < INPUTS; i++) {
            predicted += (double) windows[window * WIDTH + i] * weights[i * FEATURES + feature];
        }
        return predicted;
    }
}
