package dev.noether.lab.bench.training;

/**
 * What generators of a structure take.
 *
 * @param structure its name
 * @param values of a point (d)
 * @param generators how many (h)
 * @param rank of the low-rank part
 * @param parameters free numbers
 * @param bytes of these, as floats
 * @param multiplicationsPerPoint to move a point by all generators
 */
record GeneratorCost(
        String structure,
        int values,
        int generators,
        int rank,
        long parameters,
        long bytes,
        long multiplicationsPerPoint) {}
