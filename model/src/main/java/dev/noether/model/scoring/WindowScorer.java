package dev.noether.model.scoring;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.Calibration;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.Reconstruction;
import dev.noether.model.feature.WindowBuffer;

/**
 * A model at work: windows are added to a batch, reconstructed together, and judged one by one in the order in which they
 * were added.
 *
 * <p>The judged quantity is the residual of the window's <em>newest row</em> alone; the rows before it give the context.
 * Judging the whole window would keep the alarm ringing for as long as the event is still in the window.
 *
 * <p>Not thread safe; belongs to the thread of its engine. Nothing is allocated after construction.
 */
public final class WindowScorer implements AutoCloseable {
    private final ModelArtifact model;
    private final Reconstruction reconstruction;
    private final int features;
    private final int width;
    private final float[] input;
    private final float[] output;
    private final float[] observed;
    private final float[] residual;
    private int rows;
    private boolean reconstructed;

    /**
     * Makes a model ready to score.
     *
     * @param model the model
     * @param engine computes; the caller closes what it opened
     * @param capacity windows in a batch, at least 1
     */
    public WindowScorer(ModelArtifact model, Engine engine, int capacity) {
        this.model = model;
        this.reconstruction = engine.reconstruction(model.network(), capacity);
        this.features = model.features().size();
        this.width = model.windowRows() * features;
        this.input = new float[capacity * width];
        this.output = new float[capacity * width];
        this.observed = new float[capacity * features];
        this.residual = new float[features];
    }

    /** The model. */
    public ModelArtifact model() {
        return model;
    }

    /** Windows in the batch. */
    public int size() {
        return rows;
    }

    /** Whether the batch is full. */
    public boolean isFull() {
        return rows == reconstruction.capacity();
    }

    /**
     * Adds the window that ends at a position of a buffer.
     *
     * @return its row in the batch
     */
    public int add(WindowBuffer buffer, int position) {
        int row = rows++;
        buffer.copyWindow(position, model.scaling(), input, row * width);
        buffer.copyRow(position, observed, row * features);
        reconstructed = false;
        return row;
    }

    /**
     * Judges a window by its entity's baseline, and lets the baseline learn from it. The rows of one entity must be judged
     * in the order in which they were added.
     *
     * <p>Two scales must agree. On the adaptive one alone, an incident of hours teaches itself away while it lasts; on the
     * starting one alone, a drift of weeks alarms for ever. Their logarithms are averaged.
     *
     * @param row as {@link #add} gave it
     * @param baseline of the window's entity and this model; learns
     * @param start what that baseline started from; only read
     * @param judgement receives the result
     */
    public void judge(int row, EntityBaseline baseline, EntityBaseline start, Judgement judgement) {
        if (!reconstructed) {
            reconstruction.run(input, rows, output);
            reconstructed = true;
        }
        int newest = row * width + width - features;
        float[] expected = judgement.expectedScaled;
        for (int j = 0; j < features; j++) {
            residual[j] = input[newest + j] - output[newest + j];
            expected[j] = output[newest + j] + baseline.mean(j);
        }
        System.arraycopy(observed, row * features, judgement.observed, 0, features);
        judgement.scaling = model.scaling();
        judgement.startingTotal = start.standardise(residual, 0, judgement.startingSquares);
        judgement.adaptiveTotal =
                baseline.standardiseAndLearn(residual, 0, model.adaptationRate(), judgement.adaptiveSquares);
        // The mean of the two logarithms, at the price of one.
        judgement.score = Math.log((1 + judgement.adaptiveTotal) * (1 + judgement.startingTotal)) / 2;
        Calibration calibration = model.calibration();
        judgement.pValue = calibration.pValue(judgement.score);
        judgement.threshold = calibration.threshold();
    }

    /** Empties the batch. */
    public void clear() {
        rows = 0;
        reconstructed = false;
    }

    /** Frees what the engine holds for this model. */
    @Override
    public void close() {
        reconstruction.close();
    }
}
