package dev.noether.lab.evaluate.ablate;

import dev.noether.lab.evaluate.ablate.PeriodWindows.Windows;
import dev.noether.model.engine.Engine;
import dev.noether.model.shape.ShapeModel;
import dev.noether.model.shape.ShapeScorer;
import dev.noether.model.shape.ShapeState;
import dev.noether.model.shape.SymmetryAutoencoder;
import dev.noether.model.shape.SymmetryDistances;

/** The scores of prototypes. Not thread-safe; belongs to the thread of its engine. */
final class PrototypeScores {
    private static final int BATCH = 256;

    private final Engine engine;

    PrototypeScores(Engine engine) {
        this.engine = engine;
    }

    /**
     * The shape scores of test rows, as in the streaming job, but without the alarm scores of single rows.
     *
     * @param warmUp training rows before the test rows, in the unit of the feature
     * @param test test rows, in the unit of the feature
     */
    float[] ofRows(ShapeModel model, String entity, float[] warmUp, float[] test) {
        float[] scores = new float[test.length];
        try (ShapeScorer scorer = new ShapeScorer(model, engine, BATCH)) {
            ShapeState state = scorer.start(entity, null);
            int rows = warmUp.length + test.length;
            for (int start = 0; start < rows; start += BATCH) {
                int count = Math.min(BATCH, rows - start);
                for (int i = 0; i < count; i++) {
                    int row = start + i;
                    float value = row < warmUp.length ? warmUp[row] : test[row - warmUp.length];
                    scorer.add(i, state, value, 0, false);
                }
                for (int i = 0; i < count; i++) {
                    scorer.judge(i, 0);
                    if (start + i >= warmUp.length) {
                        scores[start + i - warmUp.length] = (float) scorer.score();
                    }
                }
                scorer.clear();
            }
        }
        return scores;
    }

    /** The regularized errors of windows by one autoencoder, {@code [count]}. */
    double[] ofWindows(SymmetryAutoencoder model, Windows windows) {
        int width = model.window().width();
        double[] errors = new double[windows.count()];
        float[] batch = new float[BATCH * width];
        try (SymmetryDistances distances = new SymmetryDistances(model, engine, BATCH)) {
            for (int start = 0; start < errors.length; start += BATCH) {
                int count = Math.min(BATCH, errors.length - start);
                System.arraycopy(windows.values(), start * width, batch, 0, count * width);
                distances.run(batch, count);
                for (int i = 0; i < count; i++) {
                    errors[start + i] = distances.error(i);
                }
            }
        }
        return errors;
    }
}
