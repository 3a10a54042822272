package dev.noether.model.symmetry;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Draws latent points θ and their neighbours θ′ in the region of the codes of the current batch.
 *
 * <p>For each code unit, {@code θ ~ N(mean, deviation²)} with the mean and standard deviation of the batch, and
 * {@code θ′ = θ + radius · deviation · N(0, 1)}. With points from a fixed normal distribution the network could evade
 * the penalty by large codes, of which those points cover a small part only.
 *
 * <p>Allocates nothing per call. Not thread-safe.
 */
public final class LatentSampler {
    private final int codeSize;
    private final double radius;
    private final double[] mean;
    private final double[] deviation;

    /**
     * A sampler for codes of the given size.
     *
     * @param codeSize number of units of a code
     * @param radius distance of a neighbour, in standard deviations of the codes
     */
    public LatentSampler(int codeSize, double radius) {
        this.codeSize = codeSize;
        this.radius = radius;
        this.mean = new double[codeSize];
        this.deviation = new double[codeSize];
    }

    /**
     * Draws pairs of latent points.
     *
     * @param codes codes of the batch, row-major {@code [rows, codeSize]}, at least one row
     * @param pairs receives {@code [2 × samples, codeSize]}: first all points, then their neighbours in the same order
     */
    public void sample(float[] codes, int rows, RandomGenerator random, int samples, float[] pairs) {
        sample(codes, rows, random, samples, pairs, 0);
    }

    /**
     * As {@link #sample(float[], int, RandomGenerator, int, float[])}, with the pairs after {@code rowsBefore} rows of
     * {@code pairs}, which may be the array of the codes.
     */
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

    /**
     * Computes mean and deviation of each unit. Row by row, so that the sums of the units are independent of each
     * other.
     */
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
