package dev.noether.model.gate;

import dev.noether.model.numeric.IncompleteBeta;

/**
 * The mean of differences between two models on the same rows, and its standard error. The differences count as
 * independent.
 *
 * @param mean mean difference; NaN if there is none
 * @param error standard error of the mean; infinite with fewer than two differences
 * @param count number of differences
 */
record PairedDifference(double mean, double error, int count) {
    static PairedDifference of(double[] differences) {
        int count = differences.length;
        double mean = 0;
        for (double difference : differences) {
            mean += difference / count;
        }
        double squares = 0;
        for (double difference : differences) {
            squares += (difference - mean) * (difference - mean);
        }
        return count < 2
                ? new PairedDifference(count == 0 ? Double.NaN : mean, Double.POSITIVE_INFINITY, count)
                : new PairedDifference(mean, Math.sqrt(squares / (count - 1) / count), count);
    }

    /** Whether the true difference is above 0, by a one-sided t test. */
    boolean isPositive(double confidence) {
        return count >= 2 && mean > quantile(confidence) * error;
    }

    /** Half the width of the one-sided interval. */
    double margin(double confidence) {
        return quantile(confidence) * error;
    }

    /** The quantile of Student's distribution, from that of the beta distribution (DLMF 8.17). */
    private double quantile(double confidence) {
        double freedom = count - 1.0;
        double x = IncompleteBeta.quantile(2 * (1 - confidence), freedom / 2, 0.5);
        return Math.sqrt(freedom * (1 - x) / x);
    }
}
