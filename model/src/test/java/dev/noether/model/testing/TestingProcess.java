package dev.noether.model.testing;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Readings of two hidden causes, one slow and one quick, with a little noise. */
public final class TestingProcess {
    private final int features;
    private final RandomGenerator random;
    private final float[][] loadings;
    private int row;

    public TestingProcess(int features, long seed) {
        this.features = features;
        random = new SplittableRandom(seed);
        loadings = new float[features][2];
        for (float[] loading : loadings) {
            loading[0] = (float) random.nextGaussian();
            loading[1] = (float) random.nextGaussian();
        }
    }

    /** The next row. */
    public float[] next() {
        double slow = Math.sin(row++ / 150.0);
        double quick = random.nextGaussian();
        float[] values = new float[features];
        for (int j = 0; j < features; j++) {
            values[j] = (float) (loadings[j][0] * slow + loadings[j][1] * quick + 0.05 * random.nextGaussian());
        }
        return values;
    }

    /** The next rows, row-major. */
    public float[] next(int rows) {
        float[] values = new float[rows * features];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(next(), 0, values, i * features, features);
        }
        return values;
    }
}
