package dev.noether.model.training;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.calibration.RunningScale;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.Reconstruction;
import dev.noether.model.numeric.RankingMetrics;
import java.util.SplittableRandom;

/**
 * Measures without labels how well the residuals of a network separate artificial breaks from normal rows. A break
 * replaces some values of the newest row of a held-out window by values from other times: each value is normal on its
 * own, but not together with the others.
 *
 * <p>This measure, and not the reconstruction error, decides whether a detector uses the learned part of its network. A
 * network that reconstructs breaks as well as normal rows has a smaller error and is a worse detector, as measured on
 * SMD.
 */
final class BreakDetection {
    private static final int CHUNK = 1024;
    private static final int MOST_WINDOWS = 20_000;
    private static final int MOST_BROKEN_FEATURES = 3;
    private static final float VARIANCE_FLOOR = 0.01f;

    private final Engine engine;
    private final int features;
    private final WindowSet train;
    private final float[] windows;
    private final boolean[] broken;

    /**
     * Makes the broken windows.
     *
     * @param features values in a row
     * @param train windows that the networks were trained on
     * @param heldOut windows that the networks were not trained on, at least one
     * @param seed seed of the breaks
     */
    BreakDetection(Engine engine, int features, WindowSet train, WindowSet heldOut, long seed) {
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

    /** Replaces a few features of a row by their values at other times. */
    private void breakNewest(int row, WindowSet heldOut, int width, SplittableRandom random) {
        int changes = random.nextInt(1, Math.min(MOST_BROKEN_FEATURES, features) + 1);
        for (int change = 0; change < changes; change++) {
            int feature = random.nextInt(features);
            int other = (random.nextInt(heldOut.count()) + 1) * width - features;
            windows[row + feature] = heldOut.windows()[other + feature];
        }
    }

    /** The area under the ROC of the broken windows against the others, in [0, 1]; 0.5 is chance. */
    double area(Autoencoder network) {
        int width = network.shape().inputWidth();
        float[] scores = new float[broken.length];
        float[] residual = new float[features];
        float[] squares = new float[features];
        try (Reconstruction reconstruction = engine.reconstruction(network, CHUNK, features)) {
            RunningScale scale = residualScale(reconstruction, width);
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
                    scores[start + i] = (float) scale.standardise(residual, VARIANCE_FLOOR, squares);
                }
            }
        }
        return RankingMetrics.aucRoc(scores, broken);
    }

    private RunningScale residualScale(Reconstruction reconstruction, int width) {
        ScaleAccumulator residuals = new ScaleAccumulator(1, features);
        float[] input = new float[CHUNK * width];
        float[] output = new float[CHUNK * features];
        for (int start = 0; start < train.count(); start += CHUNK) {
            int count = Math.min(CHUNK, train.count() - start);
            System.arraycopy(train.windows(), start * width, input, 0, count * width);
            reconstruction.run(input, count, output);
            for (int i = 0; i < count; i++) {
                residuals.add(0, input, (i + 1) * width - features, output, i * features);
            }
        }
        return residuals.ofAll();
    }
}
