package dev.noether.lab.bench.training;

/**
 * The cost of generators of one structure.
 *
 * @param structure name of the structure
 * @param values number of values of a point (d)
 * @param generators number of generators (h)
 * @param rank rank of the low-rank part
 * @param parameters number of free parameters
 * @param bytes size of the parameters as floats
 * @param multiplicationsPerPoint number of multiplications that move a point by all generators
 */
record GeneratorCost(
        String structure,
        int values,
        int generators,
        int rank,
        long parameters,
        long bytes,
        long multiplicationsPerPoint) {}
