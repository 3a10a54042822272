package dev.noether.model.symmetry;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Draws latent points and their neighbours where the codes are: {@code θ ~ N(mean, deviation²)} of the codes of the current
 * batch, unit by unit, and {@code θ′ = θ + radius · deviation · N(0, I)}. Points from a fixed normal distribution would let
 * the network escape: its codes grow until the penalty tests a tiny patch.
 *
 * <p>Allocates nothing per call. Not thread-safe.
 */
public final class LatentSampler {
    private final int codeSize;
    private final double radius;
    private final double[] mean;
    private final double[] deviation;

    /**
     * A sampler for codes of a size.
     *
     * @param radius distance of a neighbour, in standard deviations of the codes
     */
    public LatentSampler(int codeSize, double radius) {
        this.codeSize = codeSize;
        this.radius = radius;
        this.mean = new double[codeSize];
        this.deviation = new double[codeSize];
    }

    /**
     * Draws pairs.
     *
     * @param codes row-major {@code [rows, codeSize]}, at least one row
     * @param pairs receives {@code [2 × samples, codeSize]}: first all points, then their neighbours in the same order
     */
    public void sample(float[] codes, int rows, RandomGenerator random, int samples, float[] pairs) {
        sample(codes, rows, random, samples, pairs, 0);
    }

    /** The same behind a number of rows of {@code pairs}, which may be {@code codes}. */
    public void sample(float[] codes, int rows, RandomGenerator random, int samples, float[] pairs, int rowsBefore) {
        measure(codes, rows);
        int neighbours = samples * codeSize;
        for (int sample = 0; sample < samples; sample++) {
            for (int unit = 0; unit < codeSize; unit++) {
                int index = (rowsBefore + sample) * codeSize + unit;
                double point = mean[unit] + deviation[unit] * random.nextGaussian();
                pairs[index] = (float) point;
                pairs[neighbours + index] = (float) (point + radius * deviation[unit] * random.nextGaussian());
            }
        }
    }

    /** Row by row, so that the sums of the units do not wait for each other. */
    private void measure(float[] codes, int rows) {
        Arrays.fill(mean, 0);
        Arrays.fill(deviation, 0);
        for (int row = 0; row < rows; row++) {
            for (int unit = 0; unit < codeSize; unit++) {
                mean[unit] += codes[row * codeSize + unit];
            }
        }
        for (int unit = 0; unit < codeSize; unit++) {
            mean[unit] /= rows;
        }
        for (int row = 0; row < rows; row++) {
            for (int unit = 0; unit < codeSize; unit++) {
                double difference = codes[row * codeSize + unit] - mean[unit];
                deviation[unit] += difference * difference;
            }
        }
        for (int unit = 0; unit < codeSize; unit++) {
            deviation[unit] = Math.sqrt(deviation[unit] / rows);
        }
    }
}
