package dev.noether.lab.tabular;

import dev.noether.model.numeric.SymmetricEigendecomposition;

/**
 * The Mahalanobis norm of residuals, with a ridge: {@code ‖(C + μI)^{−½} (e − m)‖}, where m and C are the mean and the
 * covariance of the residuals of held-out normal rows, and {@code μ = ridge · tr(C) / d}. Immutable; thread-safe.
 */
final class Whitening {
    /** Keeps the norm finite if all residuals are constant. */
    private static final double SMALLEST_VARIANCE = 1e-12;

    private final int width;
    private final double[] mean;
    /** {@code [width, width]}, a row for each direction. */
    private final double[] directions;

    private Whitening(double[] mean, double[] directions) {
        this.width = mean.length;
        this.mean = mean;
        this.directions = directions;
    }

    /**
     * Fits the whitening to residuals.
     *
     * @param residuals residuals, {@code [count, width]} from row {@code first} on
     */
    static Whitening fit(float[] residuals, int first, int count, int width, double ridge) {
        double[] mean = new double[width];
        for (int row = first; row < first + count; row++) {
            for (int column = 0; column < width; column++) {
                mean[column] += residuals[row * width + column] / (double) count;
            }
        }
        double[][] covariance = new double[width][width];
        for (int row = first; row < first + count; row++) {
            for (int a = 0; a < width; a++) {
                double deviation = (residuals[row * width + a] - mean[a]) / count;
                for (int b = 0; b < width; b++) {
                    covariance[a][b] += deviation * (residuals[row * width + b] - mean[b]);
                }
            }
        }
        double trace = 0;
        for (int column = 0; column < width; column++) {
            trace += covariance[column][column];
        }
        double floor = Math.max(ridge * trace / width, SMALLEST_VARIANCE);
        SymmetricEigendecomposition parts = SymmetricEigendecomposition.of(covariance);
        double[] values = parts.values();
        double[][] vectors = parts.vectors();
        double[] directions = new double[width * width];
        for (int direction = 0; direction < width; direction++) {
            double scale = 1 / Math.sqrt(Math.max(0, values[direction]) + floor);
            for (int column = 0; column < width; column++) {
                directions[direction * width + column] = scale * vectors[direction][column];
            }
        }
        return new Whitening(mean, directions);
    }

    /** Returns the norm of one residual, at {@code offset}. Allocates nothing. */
    double norm(float[] residuals, int offset) {
        double squares = 0;
        for (int direction = 0; direction < width; direction++) {
            double sum = 0;
            for (int column = 0; column < width; column++) {
                sum += directions[direction * width + column] * (residuals[offset + column] - mean[column]);
            }
            squares += sum * sum;
        }
        return Math.sqrt(squares);
    }
}
