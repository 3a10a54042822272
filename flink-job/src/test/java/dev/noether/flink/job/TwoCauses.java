package dev.noether.flink.job;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Five readings of two hidden causes, with a little noise. */
final class TwoCauses {
    private final RandomGenerator random = new SplittableRandom(RetrainingFixture.SEED);
    private final float[][] loadings = new float[RetrainingFixture.FEATURES][2];
    private int row;

    TwoCauses() {
        for (float[] loading : loadings) {
            loading[0] = (float) random.nextGaussian();
            loading[1] = (float) random.nextGaussian();
        }
    }

    float[] next() {
        double slow = Math.sin(row / 400.0);
        double quick = random.nextGaussian();
        row++;
        float[] values = new float[RetrainingFixture.FEATURES];
        for (int j = 0; j < RetrainingFixture.FEATURES; j++) {
            values[j] = (float) (loadings[j][0] * slow + loadings[j][1] * quick + 0.05 * random.nextGaussian());
        }
        return values;
    }

    void skip(int rows) {
        for (int i = 0; i < rows; i++) {
            next();
        }
    }
}
