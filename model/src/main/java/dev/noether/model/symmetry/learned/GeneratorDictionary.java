package dev.noether.model.symmetry.learned;

/**
 * A weak assumption about what may move a series: a few generators {@code B_b}, of which the data says how much of each
 * there is. {@code B_b x} is the velocity of the series {@code x}, value by value, when it starts to move along
 * {@code B_b}.
 */
public sealed interface GeneratorDictionary permits TimeWarps, ValueChange {

    /** Number of generators, at least 1. */
    int size();

    /**
     * Writes {@code B_b x} for every generator.
     *
     * @param series x, {@code [length]}
     * @param velocities receives {@code [size][length]}
     */
    void velocities(double[] series, double[][] velocities);
}
