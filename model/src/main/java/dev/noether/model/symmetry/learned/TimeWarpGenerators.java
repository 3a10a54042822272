package dev.noether.model.symmetry.learned;

/**
 * Generators of smooth changes of the time axis: {@code B_b x = φ_b(t) x′(t)} with {@code φ_0 = 1},
 * {@code φ_b(t) = √2 cos(πb(t + ½) / length)} and the central difference x′. They are the first elements of a basis of
 * the Lie algebra of time warps; the first one generates the shift.
 *
 * @param size number of elements, at least 1
 */
public record TimeWarpGenerators(int size) implements GeneratorDictionary {

    /** Checks the size. */
    public TimeWarpGenerators {
        if (!(size >= 1)) {
            throw new IllegalArgumentException("`size` must be at least 1 (got %d)".formatted(size));
        }
    }

    @Override
    public void velocities(double[] series, double[][] velocities) {
        int length = series.length;
        for (int time = 0; time < length; time++) {
            double slope = slope(series, time);
            for (int index = 0; index < size; index++) {
                velocities[index][time] = basis(index, time, length) * slope;
            }
        }
    }

    /** The value of φ_index at a time in samples, for a series of the given length. */
    static double basis(int index, double time, int length) {
        return index == 0 ? 1 : Math.sqrt(2) * Math.cos(Math.PI * index * (time + 0.5) / length);
    }

    /** The values of all φ at every sample, {@code [size][length]}. */
    static double[][] table(int size, int length) {
        double[][] table = new double[size][length];
        for (int index = 0; index < size; index++) {
            for (int time = 0; time < length; time++) {
                table[index][time] = basis(index, time, length);
            }
        }
        return table;
    }

    /** The central difference, one-sided at the edges; 0 for a series of one value. */
    private static double slope(double[] series, int time) {
        int before = Math.max(0, time - 1);
        int after = Math.min(series.length - 1, time + 1);
        return after == before ? 0 : (series[after] - series[before]) / (after - before);
    }
}
