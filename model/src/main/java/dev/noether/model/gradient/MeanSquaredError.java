package dev.noether.model.gradient;

/** The mean squared error, over rows and columns, and its gradient. Not thread-safe. */
public final class MeanSquaredError {
    private final int width;
    private float[] squares = {};
    private ColumnSums sums = new ColumnSums(0);

    /** The error of rows of the given width. */
    public MeanSquaredError(int width) {
        this.width = width;
    }

    /**
     * Computes the error of a batch and its gradient. Allocates only if the batch is larger than all earlier ones.
     *
     * @param gradient receives the gradient with respect to {@code output}, {@code [rows, width]}
     */
    public double differentiate(float[] output, float[] target, int rows, float[] gradient) {
        int count = Math.multiplyExact(rows, width);
        if (squares.length < count) {
            squares = new float[count];
            sums = new ColumnSums(count);
        }
        differentiate(output, target, count, 2f / count, gradient, squares);
        float[] columnSums = sums.of(squares, rows, width);
        double sum = 0;
        for (int column = 0; column < width; column++) {
            sum += columnSums[column];
        }
        return sum / count;
    }

    private static void differentiate(
            float[] output, float[] target, int count, float scale, float[] gradient, float[] squares) {
        for (int index = 0; index < count; index++) {
            float difference = output[index] - target[index];
            gradient[index] = scale * difference;
            squares[index] = difference * difference;
        }
    }
}
