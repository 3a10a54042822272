package dev.noether.lab.reproduce;

import dev.noether.model.series.SeriesSet;

/** Squared errors of reconstructions, row by row. */
final class RowErrors {
    private RowErrors() {}

    /**
     * The mean squared error of each row over its values, {@code [count]}.
     *
     * @param reconstructed {@code [count × length]}
     */
    static float[] of(SeriesSet rows, float[] reconstructed) {
        float[] values = rows.values();
        float[] errors = new float[rows.count()];
        for (int row = 0; row < errors.length; row++) {
            double squares = 0;
            for (int index = row * rows.length(); index < (row + 1) * rows.length(); index++) {
                double difference = (double) reconstructed[index] - values[index];
                squares += difference * difference;
            }
            errors[row] = (float) (squares / rows.length());
        }
        return errors;
    }
}
