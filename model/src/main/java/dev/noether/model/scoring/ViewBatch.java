package dev.noether.model.scoring;

import dev.noether.model.calibration.RunningScale;
import dev.noether.model.engine.Reconstruction;

/** One view of the rows of a batch: what it reads of their context, and what it predicts for them. Not thread safe. */
final class ViewBatch implements AutoCloseable {
    private final Reconstruction prediction;
    private final int from;
    private final int width;
    private final int features;
    private final boolean readsNewest;
    private final float[] input;
    private final float[] output;
    /** One row of the output: loops over it without an offset become vector instructions. */
    private final float[] predicted;

    /**
     * Makes an empty batch.
     *
     * @param prediction gives {@code features} values for a row of {@code width}
     * @param from where in the context the view begins to read
     * @param width how many values it reads
     * @param features how many it predicts
     * @param readsNewest whether the row that it predicts is the last of those that it reads
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

    /** Shows a judgement the rows before the newest that this view reads. */
    void lendContext(int row, Judgement judgement) {
        if (judgement.earlier != input) {
            judgement.earlier = input;
        }
        judgement.earlierFrom = row * width;
        judgement.earlierRows = width / features - (readsNewest ? 1 : 0);
    }

    void run(int rows) {
        prediction.run(input, rows, output);
    }

    /**
     * Gives what was observed less what was predicted, and the mean over the views of what was to be expected: the
     * prediction and what it usually misses.
     *
     * @param scaled the observed values, scaled
     * @param usual the scale of this view's residuals
     * @param view how many views were asked before
     * @param residual receives the residuals
     * @param expected the mean over the views before, where there are some; receives the mean that includes this one
     */
    void residual(int row, float[] scaled, RunningScale usual, int view, float[] residual, float[] expected) {
        float[] prediction = predicted;
        System.arraycopy(output, row * features, prediction, 0, features);
        for (int j = 0; j < scaled.length; j++) {
            residual[j] = scaled[j] - prediction[j];
        }
        if (view == 0) {
            usual.addMeans(prediction, expected);
            return;
        }
        usual.addMeans(prediction, prediction);
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
