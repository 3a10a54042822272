package dev.noether.lab.series;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.gradient.LayerArrays;

/**
 * The exponential average of parameters over the steps (after Polyak and Juditsky 1992), which cancels the noise of
 * single batches. Its memory is all steps at first, and about 200 steps later. Allocates nothing per step. Not
 * thread-safe.
 */
final class WeightAverage {
    private static final double LONGEST_KEEP = 0.995;
    private static final int FIRST_STEPS = 10;

    private final LayerArrays average;
    private long steps;

    WeightAverage(Autoencoder initial) {
        this.average = new LayerArrays(initial);
    }

    /** Adds the parameters of a step. */
    void add(LayerArrays parameters) {
        steps++;
        float keep = (float) Math.min(LONGEST_KEEP, steps / (steps + (double) FIRST_STEPS));
        for (int layer = 0; layer < average.layers(); layer++) {
            add(parameters.weights(layer), average.weights(layer), keep);
            add(parameters.biases(layer), average.biases(layer), keep);
        }
    }

    LayerArrays parameters() {
        return average;
    }

    private static void add(float[] parameters, float[] average, float keep) {
        float share = 1 - keep;
        for (int index = 0; index < average.length; index++) {
            average[index] = keep * average[index] + share * parameters[index];
        }
    }
}
