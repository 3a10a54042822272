package dev.noether.model.scoring;

import dev.noether.model.calibration.RunningScale;
import dev.noether.model.engine.Reconstruction;

/** One view of the rows of a batch: the part of their context that it reads, and its predictions. Not thread safe. */
final class ViewBatch implements AutoCloseable {
    private final Reconstruction prediction;
    private final int from;
    private final int width;
    private final int features;
    private final boolean readsNewest;
    private final float[] input;
    private final float[] output;
    /** One row of the output. The JIT compiler vectorises loops over it, because they need no offset. */
    private final float[] predicted;

    /**
     * Makes an empty batch.
     *
     * @param prediction computes {@code features} values from {@code width} values
     * @param from position in the context of the first value that the view reads
     * @param width number of values that the view reads
     * @param features number of values that the view predicts
     * @param readsNewest whether the view reads the row that it predicts
     */
    ViewBatch(Reconstruction prediction, int from, int width, int features, boolean readsNewest) {
        this.prediction = prediction;
        this.from = from;
        this.width = width;
        this.features = features;
        this.readsNewest = readsNewest;
        this.input = new float[prediction.capacity() * width];
        this.output = new float[prediction.capacity() * features];
        this.predicted = new float[features];
    }

    void put(int row, float[] context) {
        System.arraycopy(context, from, input, row * width, width);
    }

    /** The scaled rows that the view reads, for all rows of the batch. Not a copy. */
    float[] context() {
        return input;
    }

    /** Number of rows before the newest that the view reads. */
    int contextRows() {
        return width / features - (readsNewest ? 1 : 0);
    }

    /** Position in {@link #context} of the oldest value that the view reads for a row. */
    int contextFrom(int row) {
        return row * width;
    }

    void run(int rows) {
        prediction.run(input, rows, output);
    }

    /**
     * Computes the residuals of a row, and updates the expected values. A view expects its prediction plus the mean of
     * its residuals; the expected value of a row is the mean over its views.
     *
     * @param row index of the row in the batch
     * @param scaled observed values, scaled
     * @param scale running scale of this view's residuals
     * @param view number of views before this one
     * @param residual receives observed minus predicted values
     * @param expected mean over the views before this one, ignored for the first; receives the mean including this view
     */
    void residual(int row, float[] scaled, RunningScale scale, int view, float[] residual, float[] expected) {
        float[] prediction = predicted;
        System.arraycopy(output, row * features, prediction, 0, features);
        for (int j = 0; j < scaled.length; j++) {
            residual[j] = scaled[j] - prediction[j];
        }
        if (view == 0) {
            scale.addMeans(prediction, expected);
            return;
        }
        scale.addMeans(prediction, prediction);
        float weight = 1f / (1 + view);
        for (int j = 0; j < scaled.length; j++) {
            expected[j] += weight * (prediction[j] - expected[j]);
        }
    }

    @Override
    public void close() {
        prediction.close();
    }
}
