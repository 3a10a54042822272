package dev.noether.lab.peers;

import java.util.random.RandomGenerator;

/** Synthetic series of one feature that repeats. */
final class TestingWaves {
    private TestingWaves() {}

    /** Returns a wave with an overtone and some noise. */
    static float[] wave(RandomGenerator random, int rows, int period, double noise) {
        float[] values = new float[rows];
        for (int i = 0; i < rows; i++) {
            double phase = 2 * Math.PI * i / period;
            values[i] = (float) (Math.sin(phase) + 0.5 * Math.cos(2 * phase) + noise * random.nextGaussian());
        }
        return values;
    }

    static Observations of(float[] values) {
        return new Observations(values, 1);
    }
}
