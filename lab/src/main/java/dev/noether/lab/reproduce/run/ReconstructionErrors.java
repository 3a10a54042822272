package dev.noether.lab.reproduce.run;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.Reconstruction;
import dev.noether.model.series.SeriesSet;

/** Mean squared errors of reconstructions, of each row or over all rows. */
final class ReconstructionErrors {
    private static final int BATCH = 256;

    private ReconstructionErrors() {}

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

    /** The mean squared error of each row under a network, {@code [count]}. */
    static float[] ofNetwork(Engine engine, Autoencoder network, SeriesSet rows) {
        return of(rows, reconstruction(engine, network, rows, rows.count()));
    }

    /** The mean squared error of the first {@code count} rows, over rows and values. */
    static double mean(Engine engine, Autoencoder network, SeriesSet rows, int count) {
        float[] values = rows.values();
        float[] output = reconstruction(engine, network, rows, count);
        double squares = 0;
        for (int index = 0; index < count * rows.length(); index++) {
            double difference = (double) output[index] - values[index];
            squares += difference * difference;
        }
        return squares / count / rows.length();
    }

    private static float[] reconstruction(Engine engine, Autoencoder network, SeriesSet rows, int count) {
        int length = rows.length();
        float[] values = rows.values();
        float[] all = new float[count * length];
        float[] batch = new float[BATCH * length];
        float[] output = new float[BATCH * length];
        try (Reconstruction reconstruction = engine.reconstruction(network, BATCH)) {
            for (int row = 0; row < count; row += BATCH) {
                int size = Math.min(BATCH, count - row);
                System.arraycopy(values, row * length, batch, 0, size * length);
                reconstruction.run(batch, size, output);
                System.arraycopy(output, 0, all, row * length, size * length);
            }
        }
        return all;
    }
}
