package dev.noether.model.training;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.calibration.RunningScale;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.Reconstruction;
import dev.noether.model.numeric.RankingMetrics;
import dev.noether.model.training.HistorySplit.Part;
import java.util.SplittableRandom;

/**
 * How well a network's residuals tell broken rows from normal ones, without labels: the newest row of held-out windows is
 * broken by values that are usual in themselves and wrong beside the others.
 *
 * <p>This, and not the reconstruction error, decides whether a network may use what it learned beyond its linear base: a
 * network that reconstructs everything better, breaks included, has the smaller error and is the worse detector. It was
 * measured on SMD.
 */
final class BreakDetection {
    private static final int CHUNK = 1024;
    private static final int MOST_WINDOWS = 20_000;
    private static final int MOST_BROKEN_FEATURES = 3;
    private static final float VARIANCE_FLOOR = 0.01f;

    private final Engine engine;
    private final int features;
    private final Part train;
    private final float[] windows;
    private final boolean[] broken;

    /**
     * Makes the broken windows.
     *
     * @param train windows that the networks were trained on
     * @param heldOut windows that they were not, at least one
     * @param seed of the breaks
     */
    BreakDetection(Engine engine, int features, Part train, Part heldOut, long seed) {
        this.engine = engine;
        this.features = features;
        this.train = train;
        int width = heldOut.windows().length / heldOut.count();
        int count = Math.min(MOST_WINDOWS, heldOut.count());
        this.windows = new float[2 * count * width];
        this.broken = new boolean[2 * count];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) i * heldOut.count() / count) * width;
            System.arraycopy(heldOut.windows(), from, windows, 2 * i * width, width);
            System.arraycopy(heldOut.windows(), from, windows, (2 * i + 1) * width, width);
            breakNewest((2 * i + 2) * width - features, heldOut, width, random);
            broken[2 * i + 1] = true;
        }
    }

    /** A few features of the row take the values that they had at another time. */
    private void breakNewest(int row, Part heldOut, int width, SplittableRandom random) {
        int changes = random.nextInt(1, Math.min(MOST_BROKEN_FEATURES, features) + 1);
        for (int change = 0; change < changes; change++) {
            int feature = random.nextInt(features);
            int other = (random.nextInt(heldOut.count()) + 1) * width - features;
            windows[row + feature] = heldOut.windows()[other + feature];
        }
    }

    /** The area under the ROC of the broken windows among the others, in [0, 1]; a half is chance. */
    double area(Autoencoder network) {
        int width = network.shape().inputWidth();
        float[] scores = new float[broken.length];
        float[] residual = new float[features];
        float[] squares = new float[features];
        try (Reconstruction reconstruction = engine.reconstruction(network, CHUNK, features)) {
            RunningScale usual = usual(reconstruction, width);
            float[] input = new float[CHUNK * width];
            float[] output = new float[CHUNK * features];
            for (int start = 0; start < scores.length; start += CHUNK) {
                int count = Math.min(CHUNK, scores.length - start);
                System.arraycopy(windows, start * width, input, 0, count * width);
                reconstruction.run(input, count, output);
                for (int i = 0; i < count; i++) {
                    for (int j = 0; j < features; j++) {
                        residual[j] = input[(i + 1) * width - features + j] - output[i * features + j];
                    }
                    scores[start + i] = (float) usual.standardise(residual, VARIANCE_FLOOR, squares);
                }
            }
        }
        return RankingMetrics.aucRoc(scores, broken);
    }

    private RunningScale usual(Reconstruction reconstruction, int width) {
        RowStatistics statistics = new RowStatistics(1, features);
        float[] input = new float[CHUNK * width];
        float[] output = new float[CHUNK * features];
        for (int start = 0; start < train.count(); start += CHUNK) {
            int count = Math.min(CHUNK, train.count() - start);
            System.arraycopy(train.windows(), start * width, input, 0, count * width);
            reconstruction.run(input, count, output);
            for (int i = 0; i < count; i++) {
                statistics.add(0, input, (i + 1) * width - features, output, i * features);
            }
        }
        return statistics.ofAll();
    }
}
