package dev.noether.model.training;

import dev.noether.model.calibration.EntityBaseline;

/**
 * Mean and variance of the newest row's residuals over the training windows, for each entity and for all together. Not
 * thread safe.
 */
final class ResidualStatistics {
    private final int features;
    private final double[][] sum;
    private final double[][] squares;
    private final long[] count;

    ResidualStatistics(int entities, int features) {
        this.features = features;
        // The last one is all entities together.
        sum = new double[entities + 1][features];
        squares = new double[entities + 1][features];
        count = new long[entities + 1];
    }

    void add(int entity, float[] input, float[] output, int offset) {
        for (int j = 0; j < features; j++) {
            double residual = (double) input[offset + j] - output[offset + j];
            add(entity, j, residual);
            add(count.length - 1, j, residual);
        }
        count[entity]++;
        count[count.length - 1]++;
    }

    EntityBaseline ofAll() {
        return baseline(count.length - 1);
    }

    /** The baseline of one entity; that of all where it has no training window. */
    EntityBaseline ofEntity(int entity) {
        return baseline(count[entity] == 0 ? count.length - 1 : entity);
    }

    private void add(int entity, int feature, double residual) {
        sum[entity][feature] += residual;
        squares[entity][feature] += residual * residual;
    }

    private EntityBaseline baseline(int entity) {
        float[] mean = new float[features];
        float[] variance = new float[features];
        for (int j = 0; j < features; j++) {
            double m = sum[entity][j] / count[entity];
            mean[j] = (float) m;
            variance[j] = (float) Math.max(0, squares[entity][j] / count[entity] - m * m);
        }
        return new EntityBaseline(mean, variance);
    }
}
