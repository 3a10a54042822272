package dev.noether.model.symmetry.learned;

import dev.noether.model.series.SeriesSet;
import java.util.random.RandomGenerator;

/** Random curves with a few smooth features, and sets of their moved copies. */
final class SmoothCurves {
    private SmoothCurves() {}

    /** A sum of two dozen random bumps, whose derivative is not 0 anywhere for long. */
    static double[] curve(RandomGenerator random, int length) {
        double[] curve = new double[length];
        for (int bump = 0; bump < 24; bump++) {
            double centre = random.nextDouble() * length;
            double width = length * (0.03 + 0.05 * random.nextDouble());
            double height = random.nextGaussian();
            for (int time = 0; time < length; time++) {
                curve[time] += height * Math.exp(-0.5 * Math.pow((time - centre) / width, 2));
            }
        }
        return curve;
    }

    /** Two series for each curve, moved by ±w/2 with weights w of the given factor, with noise. */
    static SeriesSet pairs(RandomGenerator random, int curves, int length, double[][] factor, double noise) {
        WarpFlow flow = WarpFlow.prescribed(length);
        float[] values = new float[2 * curves * length];
        double[] moved = new double[length];
        for (int index = 0; index < curves; index++) {
            double[] curve = curve(random, length);
            double[] weights = new double[6];
            for (int row = 0; row < factor.length; row++) {
                double normal = random.nextGaussian();
                for (int column = 0; column < factor.length; column++) {
                    weights[column] += factor[column][row] * normal / 2;
                }
            }
            for (int end = 0; end < 2; end++) {
                flow.move(curve, weights, moved);
                for (int time = 0; time < length; time++) {
                    values[(2 * index + end) * length + time] = (float) (moved[time] + noise * random.nextGaussian());
                }
                for (int element = 0; element < weights.length; element++) {
                    weights[element] = -weights[element];
                }
            }
        }
        return SeriesSet.of(values, 2 * curves, length);
    }
}
