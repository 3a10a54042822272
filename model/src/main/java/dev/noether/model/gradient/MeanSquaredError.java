package dev.noether.model.gradient;

import java.util.Arrays;

/** The mean over rows and columns of the squared difference, and its gradient. Not thread-safe. */
public final class MeanSquaredError {
    private final int width;
    private final float[] columnSums;

    /** For rows of a width. */
    public MeanSquaredError(int width) {
        this.width = width;
        this.columnSums = new float[width];
    }

    /**
     * Evaluates the error of a batch.
     *
     * @param gradient receives the gradient with respect to {@code output}, {@code [rows, width]}
     */
    public double differentiate(float[] output, float[] target, int rows, float[] gradient) {
        Arrays.fill(columnSums, 0);
        float scale = 2f / (rows * (float) width);
        for (int row = 0; row < rows; row++) {
            int offset = row * width;
            for (int column = 0; column < width; column++) {
                float difference = output[offset + column] - target[offset + column];
                gradient[offset + column] = scale * difference;
                // A sum for each column keeps the loop free of a chain of additions, so that it can be vectorised.
                columnSums[column] += difference * difference;
            }
        }
        double sum = 0;
        for (float columnSum : columnSums) {
            sum += columnSum;
        }
        return sum / ((double) rows * width);
    }
}
