package dev.noether.model.symmetry.learned;

import java.util.Arrays;

/**
 * Generators of changes of the values that leave the time axis unchanged. Each constant is a dictionary of one
 * generator.
 */
public enum ValueGenerator implements GeneratorDictionary {
    /** An offset of the whole series: {@code B x = 1}. */
    OFFSET {
        @Override
        public void velocities(double[] series, double[][] velocities) {
            Arrays.fill(velocities[0], 0, series.length, 1);
        }

        @Override
        public void move(double[] series, double weight, double[] moved) {
            for (int time = 0; time < series.length; time++) {
                moved[time] = series[time] + weight;
            }
        }
    },
    /** A factor on the whole series: {@code B x = x}. */
    AMPLITUDE {
        @Override
        public void velocities(double[] series, double[][] velocities) {
            System.arraycopy(series, 0, velocities[0], 0, series.length);
        }

        @Override
        public void move(double[] series, double weight, double[] moved) {
            double factor = Math.exp(weight);
            for (int time = 0; time < series.length; time++) {
                moved[time] = factor * series[time];
            }
        }
    },
    /** A line through 0 in the middle of the series, with variance 1: {@code B x = √3 (2(i + ½)/length − 1)}. */
    TREND {
        @Override
        public void velocities(double[] series, double[][] velocities) {
            for (int time = 0; time < series.length; time++) {
                velocities[0][time] = line(time, series.length);
            }
        }

        @Override
        public void move(double[] series, double weight, double[] moved) {
            for (int time = 0; time < series.length; time++) {
                moved[time] = series[time] + weight * line(time, series.length);
            }
        }

        private double line(int time, int length) {
            return Math.sqrt(3) * (2 * (time + 0.5) / length - 1);
        }
    },
    /** A factor on the deviations from the mean of the series: {@code B x = x − mean(x)}. */
    SPREAD {
        @Override
        public void velocities(double[] series, double[][] velocities) {
            double mean = Arrays.stream(series).average().orElse(0);
            for (int time = 0; time < series.length; time++) {
                velocities[0][time] = series[time] - mean;
            }
        }

        @Override
        public void move(double[] series, double weight, double[] moved) {
            double mean = Arrays.stream(series).average().orElse(0);
            double factor = Math.exp(weight);
            for (int time = 0; time < series.length; time++) {
                moved[time] = mean + factor * (series[time] - mean);
            }
        }
    };

    @Override
    public int size() {
        return 1;
    }

    /**
     * Moves a series along the flow of the generator: the exact {@code exp(weight · B)}.
     *
     * @param series {@code [length]}
     * @param weight the step along the generator
     * @param moved receives {@code [length]}; may be the series itself
     */
    public abstract void move(double[] series, double weight, double[] moved);
}
