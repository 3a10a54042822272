package dev.noether.model.symmetry;

import java.util.Arrays;

/**
 * Generators that are stored and applied as dense matrices: the common part of {@link FullGenerators} and
 * {@link SkewSymmetricGenerators}, which differ in the free entries of a matrix. Immutable.
 */
abstract sealed class DenseGenerators implements Generators permits FullGenerators, SkewSymmetricGenerators {
    private final int width;
    private final int count;
    private final float[] entries;

    /**
     * Generators with the given free entries.
     *
     * @param name name of the entries in error messages
     * @param entries {@code [count, perGenerator]}; copied
     * @param perGenerator number of free entries of one generator
     * @throws IllegalArgumentException if a size is not positive or the number of entries is wrong
     */
    DenseGenerators(int width, int count, String name, float[] entries, long perGenerator) {
        this.width = GeneratorArrays.requirePositive("width", width);
        this.count = GeneratorArrays.requirePositive("count", count);
        this.entries = GeneratorArrays.copyOfLength(name, entries, count * perGenerator);
    }

    @Override
    public final int width() {
        return width;
    }

    @Override
    public final int count() {
        return count;
    }

    @Override
    public final long parameterCount() {
        return entries.length;
    }

    @Override
    public final long multiplicationsPerPoint() {
        return (long) count * width * width;
    }

    /** The free entries, not a copy. */
    final float[] entries() {
        return entries;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof DenseGenerators generators
                && structure() == generators.structure()
                && width == generators.width
                && count == generators.count
                && Arrays.equals(entries, generators.entries);
    }

    @Override
    public final int hashCode() {
        return Arrays.hashCode(entries);
    }

    @Override
    public final String toString() {
        return "%s[%d on %d values]".formatted(getClass().getSimpleName(), count, width);
    }
}
