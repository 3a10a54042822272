package dev.noether.model.symmetry.learned;

/**
 * A few candidate generators {@code B_b} of motions of a series. The data decides how much each contributes.
 * {@code B_b x} is the velocity of the series {@code x} along the generator, value by value.
 */
public sealed interface GeneratorDictionary permits TimeWarpGenerators, ValueGenerator, GeneratorList {

    /** Number of generators, at least 1. */
    int size();

    /**
     * Writes the velocity {@code B_b x} for every generator.
     *
     * @param series x, {@code [length]}
     * @param velocities receives {@code [size][length]}
     */
    void velocities(double[] series, double[][] velocities);
}
