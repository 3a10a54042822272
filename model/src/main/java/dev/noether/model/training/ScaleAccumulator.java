package dev.noether.model.training;

import dev.noether.model.calibration.RunningScale;

/**
 * Accumulates rows of values into running scales: mean and variance for each entity, and for all entities together. Not
 * thread safe.
 */
final class ScaleAccumulator {
    private final int features;
    private final double[][] sum;
    private final double[][] squares;
    private final int[] count;

    /** Makes an accumulator without rows. */
    ScaleAccumulator(int entities, int features) {
        this.features = features;
        // The last entry is for all entities together.
        sum = new double[entities + 1][features];
        squares = new double[entities + 1][features];
        count = new int[entities + 1];
    }

    /** Adds one row, {@code observed − predicted}. */
    void add(int entity, float[] observed, int observedFrom, float[] predicted, int predictedFrom) {
        for (int j = 0; j < features; j++) {
            add(entity, j, (double) observed[observedFrom + j] - predicted[predictedFrom + j]);
        }
        count[entity]++;
        count[count.length - 1]++;
    }

    /** The number of rows of an entity. */
    int count(int entity) {
        return count[entity];
    }

    /** The number of rows of all entities. */
    int countOfAll() {
        return count[count.length - 1];
    }

    /** The scale of all entities together. */
    RunningScale ofAll() {
        return scale(count.length - 1);
    }

    /** The scale of one entity; the scale of all entities if it has no row. */
    RunningScale ofEntity(int entity) {
        return scale(count[entity] == 0 ? count.length - 1 : entity);
    }

    private void add(int entity, int feature, double value) {
        sum[entity][feature] += value;
        squares[entity][feature] += value * value;
        sum[sum.length - 1][feature] += value;
        squares[squares.length - 1][feature] += value * value;
    }

    private RunningScale scale(int entity) {
        float[] mean = new float[features];
        float[] variance = new float[features];
        for (int j = 0; j < features; j++) {
            double m = sum[entity][j] / count[entity];
            mean[j] = (float) m;
            variance[j] = (float) Math.max(0, squares[entity][j] / count[entity] - m * m);
        }
        return new RunningScale(mean, variance);
    }
}
