package dev.noether.lab.data;

import dev.noether.model.series.SeriesSet;

/**
 * The z-normalisation of series: each row is scaled to mean 0 and deviation 1 (with 1/n). The sets of the UCR archive
 * that the paper uses have this form.
 */
public final class RowNormalization {
    private static final double SMALLEST_DEVIATION = 1e-8;
    private static final double MEAN_TOLERANCE = 0.01;
    /** Admits deviations with 1/(n − 1) in series of twenty values. */
    private static final double DEVIATION_TOLERANCE = 0.05;

    private static final double MOST_ROWS = 0.95;

    private RowNormalization() {}

    /**
     * Returns whether 95 % of the rows have mean 0 and deviation 1, within the tolerance for rounding and for 1/(n −
     * 1).
     */
    public static boolean isNormalized(SeriesSet rows) {
        int normalized = 0;
        for (int index = 0; index < rows.count(); index++) {
            double[] row = rows.row(index);
            double mean = mean(row);
            if (Math.abs(mean) < MEAN_TOLERANCE && Math.abs(deviation(row, mean) - 1) < DEVIATION_TOLERANCE) {
                normalized++;
            }
        }
        return normalized >= MOST_ROWS * rows.count();
    }

    /** Returns the normalised rows. A constant row becomes 0. */
    public static SeriesSet normalized(SeriesSet rows) {
        float[] values = rows.values();
        int length = rows.length();
        for (int index = 0; index < rows.count(); index++) {
            double[] row = rows.row(index);
            double mean = mean(row);
            double deviation = deviation(row, mean);
            for (int column = 0; column < length; column++) {
                values[index * length + column] =
                        deviation > SMALLEST_DEVIATION ? (float) ((row[column] - mean) / deviation) : 0;
            }
        }
        return SeriesSet.of(values, rows.count(), length);
    }

    private static double mean(double[] row) {
        double sum = 0;
        for (double value : row) {
            sum += value;
        }
        return sum / row.length;
    }

    private static double deviation(double[] row, double mean) {
        double squares = 0;
        for (double value : row) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / row.length);
    }
}
