package dev.noether.model.symmetry.learned;

import java.util.Arrays;

/** Changes of the values that leave the time axis alone, one generator each. */
public enum ValueChange implements GeneratorDictionary {
    /** The whole series up or down: {@code B x = 1}. */
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
    /** The whole series larger or smaller: {@code B x = x}. */
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
    };

    @Override
    public int size() {
        return 1;
    }

    /**
     * Moves a series along the flow of the generator, exactly.
     *
     * @param moved receives {@code [length]}; may be the series itself
     */
    public abstract void move(double[] series, double weight, double[] moved);
}
