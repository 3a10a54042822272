package dev.noether.model.symmetry.learned;

import dev.noether.model.series.SeriesSet;

/**
 * Smoothing of series by a Gaussian. The weights end at four standard deviations and are normalised to sum 1, at the
 * edges of the series too.
 */
final class GaussianSmoothing {
    private static final int MOST_DEVIATIONS = 4;

    private GaussianSmoothing() {}

    /**
     * A smoothed copy of series.
     *
     * @param deviation standard deviation of the Gaussian in samples, above 0
     */
    static SeriesSet of(SeriesSet series, double deviation) {
        int length = series.length();
        double[] weights = weights(Math.min(length, (int) Math.ceil(MOST_DEVIATIONS * deviation) + 1), deviation);
        double[] row = new double[length];
        float[] smoothed = new float[series.count() * length];
        for (int index = 0; index < series.count(); index++) {
            series.copyRow(index, row);
            for (int column = 0; column < length; column++) {
                smoothed[index * length + column] = (float) mean(row, column, weights);
            }
        }
        return SeriesSet.of(smoothed, series.count(), length);
    }

    private static double[] weights(int reach, double deviation) {
        double[] weights = new double[reach];
        for (int distance = 0; distance < reach; distance++) {
            weights[distance] = Math.exp(-0.5 * Math.pow(distance / deviation, 2));
        }
        return weights;
    }

    private static double mean(double[] row, int centre, double[] weights) {
        double sum = 0;
        double total = 0;
        int last = Math.min(row.length - 1, centre + weights.length - 1);
        for (int column = Math.max(0, centre - weights.length + 1); column <= last; column++) {
            double weight = weights[Math.abs(column - centre)];
            sum += weight * row[column];
            total += weight;
        }
        return sum / total;
    }
}
